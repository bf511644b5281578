import { PlaygroundError } from "../../runtime/errors.ts";
import type { Arrivals } from "./arrivals.ts";
import type { StudioActions } from "./actions.ts";
import { type PlaygroundContext, setAutoRun } from "./create-playground.ts";
import type { KernelDependencies } from "./dependencies.ts";
import type { EngineClient } from "./engine-client.ts";
import { toBytes } from "./file-content.ts";
import type { Playground } from "./playground.ts";
import type { StudioState } from "./state.ts";
import { baseName } from "../utils/path-tree.ts";
import { closeTab, moveTabs, openTab } from "./tabs.ts";
import type { WatchedFolder } from "./watched-folder.ts";
import { normalisePath } from "./workspace-paths.ts";

/** Bytes of the largest Wasm whose text is made: that is some ten times as long. */
export const largestForWat = 2 * 1024 ** 2;

export interface ActionsContext extends Omit<PlaygroundContext, "check" | "engine"> {
  readonly playground: Playground;
  readonly arrivals: Arrivals;
  readonly watchedFolder: WatchedFolder;
  readonly engine: Pick<EngineClient, "print" | "configure" | "inspect" | "keyValue">;
  readonly saveFile: KernelDependencies["saveFile"];
}

/** What the studio's face can do; see `StudioActions`. */
export function createStudioActions(context: ActionsContext): StudioActions {
  const {
    store,
    workspace,
    runner,
    session,
    events,
    requests,
    playground,
    arrivals,
    watchedFolder,
    wasmOf,
    engine,
    saveFile,
  } = context;
  const setTabs = (tabs: StudioState["tabs"]): void => {
    if (tabs === store.getState().tabs) return;
    store.setState({ tabs });
    workspace.updateRecord({ tabs });
  };

  return {
    playground,
    arrivals,
    watchedFolder,
    start: () => session.start(),
    openTemplate: (id) => session.openTemplate(id),
    openPrevious: () => session.back(),
    openFile(path, place) {
      // A finding may be about a file that is gone.
      if (store.getState().workspace.files[path] === undefined) return;
      setTabs(openTab(store.getState().tabs, path));
      if (place !== undefined) store.setState({ reveal: { path, ...place } });
    },
    closeTab: (path) => setTabs(closeTab(store.getState().tabs, path)),
    edit(path, content) {
      if (workspace.write(path, content)) runner.edited();
    },
    async createFile(path, content = "") {
      const added = workspace.add(path, content);
      setTabs(openTab(store.getState().tabs, added));
      runner.edited(0);
    },
    async renamePath(from, to) {
      workspace.rename(from, to);
      setTabs(moveTabs(store.getState().tabs, normalisePath(from), normalisePath(to)));
      clearTypeDiagnostics(normalisePath(from));
      runner.edited(0);
    },
    async deletePath(path) {
      workspace.remove(path);
      setTabs(moveTabs(store.getState().tabs, normalisePath(path)));
      clearTypeDiagnostics(normalisePath(path));
      runner.edited(0);
    },
    async run() {
      // How it ended is in the state: phase, diagnostics and problem.
      await runner.run();
    },
    stop: () => runner.stop(),
    setAutoRun: (on) => setAutoRun(store, workspace, runner, on),
    sendRequest: (request) => requests.exchange(request),
    clearLogs: () => events.clearLogs(),
    setTypeDiagnostics(file, diagnostics) {
      store.setState(({ typeDiagnostics }) => ({
        typeDiagnostics: [...typeDiagnostics.filter((other) => other.file !== file), ...diagnostics],
      }));
    },
    dismissProblem: () => store.setState({ problem: undefined }),
    dismissNotice: () => store.setState({ notice: undefined }),
    downloadFile(path) {
      const content = store.getState().workspace.files[normalisePath(path)];
      if (content === undefined)
        throw new PlaygroundError("file-not-found", `There is no file ${path} in the workspace.`);
      saveFile(baseName(path), toBytes(content));
    },
    async downloadComponent(componentId) {
      saveFile(`${componentId}.wasm`, await wasmOf(componentId));
    },
    async downloadWat(componentId) {
      const wasm = await wasmOf(componentId);
      if (wasm.length > largestForWat) {
        const message = `The text of "${componentId}" would be too long: of Wasm over ${largestForWat / 1024 ** 2} MiB none is made.`;
        throw new PlaygroundError("limit-exceeded", message);
      }
      saveFile(`${componentId}.wat`, toBytes(await engine.print(wasm)));
    },
  };

  function clearTypeDiagnostics(path: string): void {
    store.setState(({ typeDiagnostics }) => ({
      typeDiagnostics: typeDiagnostics.filter(({ file }) => file !== path && !(file ?? "").startsWith(`${path}/`)),
    }));
  }
}
