import { PlaygroundError } from "../../runtime/errors.ts";
import type { StudioActions } from "./actions.ts";
import { outputPath } from "./components.ts";
import { type PlaygroundContext, setAutoRun } from "./create-playground.ts";
import type { KernelDependencies } from "./dependencies.ts";
import { toBytes } from "./file-content.ts";
import type { Playground } from "./playground.ts";
import type { StudioState } from "./state.ts";
import { baseName } from "../utils/path-tree.ts";
import { closeTab, moveTabs, openTab } from "./tabs.ts";
import { normalisePath } from "./workspace-paths.ts";

export interface ActionsContext extends Omit<PlaygroundContext, "check"> {
  readonly playground: Playground;
  readonly saveFile: KernelDependencies["saveFile"];
}

/** What the studio's face can do; see `StudioActions`. */
export function createStudioActions(context: ActionsContext): StudioActions {
  const { store, workspace, runner, session, events, requests, playground, saveFile } = context;
  const setTabs = (tabs: StudioState["tabs"]): void => {
    if (tabs === store.getState().tabs) return;
    store.setState({ tabs });
    workspace.updateRecord({ tabs });
  };

  return {
    playground,
    start: () => session.start(),
    openTemplate: (id) => session.openTemplate(id),
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
    downloadFile(path) {
      const content = store.getState().workspace.files[normalisePath(path)];
      if (content === undefined)
        throw new PlaygroundError("file-not-found", `There is no file ${path} in the workspace.`);
      saveFile(baseName(path), toBytes(content));
    },
    async downloadComponent(componentId) {
      await session.complete();
      const check = await playground.check();
      const component =
        "lockedApp" in check ? check.lockedApp.components.find(({ id }) => id === componentId) : undefined;
      const path = component && outputPath(component);
      const wasm = path === undefined ? undefined : store.getState().workspace.files[path];
      if (wasm === undefined)
        throw new PlaygroundError(
          "component-missing",
          `There is no Wasm of component "${componentId}" yet: run it first.`,
        );
      saveFile(`${componentId}.wasm`, toBytes(wasm));
    },
  };

  function clearTypeDiagnostics(path: string): void {
    store.setState(({ typeDiagnostics }) => ({
      typeDiagnostics: typeDiagnostics.filter(({ file }) => file !== path && !(file ?? "").startsWith(`${path}/`)),
    }));
  }
}
