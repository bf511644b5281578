import { PlaygroundError } from "../../runtime/errors.ts";
import { asPlaygroundError } from "./as-playground-error.ts";
import type { Autosave } from "./autosave.ts";
import { checkWorkspace } from "./check.ts";
import { buildCommand, inputDigest, outputPath } from "./components.ts";
import type { KernelDependencies, PrebuiltTemplate } from "./dependencies.ts";
import type { Deployer } from "./deployer.ts";
import { rememberDigest } from "./digest.ts";
import { type Deferred, deferred } from "../../runtime/deferred.ts";
import type { FileContent } from "./file-content.ts";
import { once } from "./once.ts";
import { sourcesIfUnchanged } from "./outdated.ts";
import type { PreparedComponents } from "./prepared-components.ts";
import type { Runner } from "./runner.ts";
import type { StudioStore } from "./store.ts";
import { firstFile, openTab } from "./tabs.ts";
import type { Workspace } from "./workspace.ts";
import { applicationOrigin, newWorkspaceId } from "./workspace-id.ts";
import type { StoredWorkspace } from "./workspace-storage.ts";

/** The template of a first visit. */
export const sampleTemplate = "kv-counter";
/** More engine pages than this lost within a minute are not started again: something ends each of them. */
const lossesPerMinute = 3;

/** Which workspace is open, and the engine that belongs to it. */
export interface Session {
  /** Opens the saved workspace and its running application, or the sample on a first visit. */
  start(): Promise<void>;
  /** A new workspace with these files becomes the current one; settles when it is kept. Starts it with auto-run on. */
  open(files: Readonly<Record<string, FileContent>>): Promise<void>;
  /** A new workspace from a template, started with its prebuilt component where there is one. */
  openTemplate(id: string): Promise<void>;
  /**
   * Opens the workspace that was open before this one, whose way back is then this one. Rejects with `file-not-found` when
   * there was none, or it is not kept any more.
   */
  back(): Promise<void>;
  /** The engine page went away: starts the application again in a new one. */
  recover(reason: PlaygroundError): void;
  /** While the page does not know yet which workspace is open: settles when it does. */
  readonly opening: Promise<void> | undefined;
  /** Has Wasm that runs already, but is not in the workspace yet, put there now. */
  complete(): Promise<void>;
  /** Settles when neither a start of the page nor a round is under way. */
  readonly settled: () => Promise<void>;
}

export interface SessionContext extends KernelDependencies {
  readonly store: StudioStore;
  readonly workspace: Workspace;
  readonly autosave: Autosave;
  readonly runner: Runner;
  readonly deployer: Deployer;
  readonly prepared: PreparedComponents;
  /** Calls when the application has answered its first request. */
  readonly whenAnswered: (callback: () => void) => void;
  /** Forgets what belongs to the workspace that was open. */
  leave(): void;
}

export function createSession(context: SessionContext): Session {
  const { store, workspace, autosave, runner, deployer, engine, storage, templates, location } = context;
  let latest: Promise<void> = Promise.resolve();
  let losses: number[] = [];
  /** Number of the newest wish to have another workspace: what an older one still waits for, it gives up. */
  let newest = 0;
  let starting: Deferred<void> | undefined;
  let complete = (): Promise<void> => Promise.resolve();
  /** The workspace whose engine is open. */
  let engineOf: string | undefined;

  /** `settled` waits for the newest of these. */
  const tracked = (work: Promise<void>): Promise<void> => {
    latest = work.catch(() => undefined);
    return work;
  };
  const known = (): void => {
    starting?.resolve();
    starting = undefined;
  };
  const openEngine = (id: string): void => {
    if (engineOf === id) return;
    engineOf = id;
    losses = [];
    engine.open(applicationOrigin(id, location));
  };
  const turnTo = ({ stopped, tabs }: { stopped: boolean; tabs: StoredWorkspace["record"]["tabs"] }): void => {
    context.leave();
    deployer.reset();
    runner.reset({ stopped });
    known();
    const first = firstFile(Object.keys(store.getState().workspace.files));
    const none = { open: [], active: undefined };
    const shown = tabs ?? (first === undefined ? none : openTab(none, first));
    store.setState({
      tabs: shown,
      reveal: undefined,
      typeDiagnostics: [],
      problem: undefined,
      notice: undefined,
      arrivedWasm: undefined,
      packProgress: undefined,
      missingVariables: undefined,
    });
  };

  const create = (id: string, files: Readonly<Record<string, FileContent>>): void => {
    workspace.create(id, files);
    turnTo({ stopped: false, tabs: undefined });
    openEngine(id);
  };

  const openTemplate = async (templateId: string, mine = ++newest, id = newWorkspaceId()): Promise<void> => {
    // Without the prebuilt component it is built like any other workspace, which reports what hinders it.
    const prebuilt = templates.prebuilt(templateId).catch(() => undefined);
    const files = await templates.files(templateId);
    if (mine !== newest) return;
    create(id, files);
    const component = await prebuilt;
    if (store.getState().workspace.id !== id) return;
    if (component !== undefined) await adopt(id, component);
    if (store.getState().workspace.id === id) await runner.catchUp();
  };

  /**
   * Takes a prebuilt component for the one that a build of the untouched files would make. Its Wasm comes into the
   * workspace after the first answer: the engine does not need it to start.
   */
  const adopt = async (id: string, component: PrebuiltTemplate): Promise<void> => {
    const { files } = store.getState().workspace;
    const target = await buildTarget(files);
    if (target === undefined) return;
    const input = await inputDigest(target.application, target.component, files);
    // An edit meanwhile has its own build, to which this one is no use.
    if (store.getState().workspace.id !== id || store.getState().workspace.files !== files) return;
    workspace.updateRecord({ builds: { [target.component.id]: { input, output: component.digest } } });
    expect(id, target.path, component);
  };

  /** The same after a reload that came before the Wasm. A pack that no longer has the component leaves it to a build. */
  const adoptAgain = async (id: string): Promise<void> => {
    const { files } = store.getState().workspace;
    const target = await buildTarget(files);
    if (target === undefined || files[target.path] !== undefined) return;
    const digest = workspace.record.builds[target.component.id]?.output;
    const component = digest === undefined ? undefined : await templates.prebuiltOf(digest);
    if (component !== undefined && store.getState().workspace.id === id) expect(id, target.path, component);
  };

  /** The first component that has a build command, and where its Wasm belongs. */
  const buildTarget = async (files: Readonly<Record<string, FileContent>>) => {
    const check = await checkWorkspace(files, context);
    if (!check.ok) return undefined;
    const { application } = check;
    const component = application.lockedApp.components.find((candidate) => buildCommand(candidate) !== undefined);
    const path = component && outputPath(component);
    return component === undefined || path === undefined ? undefined : { application, component, path };
  };

  const expect = (id: string, path: string, component: PrebuiltTemplate): void => {
    context.prepared.set(component.digest, component.prepared);
    complete = once(() => place(id, path, component));
    context.whenAnswered(() => void tracked(complete().catch(report)));
  };

  /** Puts the Wasm of an adopted component into the workspace, unless a build has come before. */
  const place = async (id: string, path: string, { digest, load }: PrebuiltTemplate): Promise<void> => {
    const wanted = (): boolean => {
      const { workspace: current } = store.getState();
      const isBuilt = Object.values(workspace.record.builds).some(({ output }) => output === digest);
      return current.id === id && current.files[path] === undefined && isBuilt;
    };
    if (!wanted()) return;
    const wasm = await load();
    if (!wanted()) return;
    rememberDigest(wasm, digest);
    workspace.place({ [path]: wasm }, {});
  };

  /** With auto-run off nothing starts by itself, and the person is shown how it does. */
  const waitForRun = (): void => store.setState((state) => ({ run: { ...state.run, phase: "stopped" } }));

  /** Returns whether there is nothing left to open: no other workspace is called for. */
  const resume = async (id: string, mine: number): Promise<boolean> => {
    openEngine(id);
    // Asked before the files are read: it starts from the engine's own cache, so that a reload answers at once.
    const restoring = engine.restore().then(
      (routes) => ({ routes }),
      (error: unknown) => ({ error }),
    );
    const stored = await storage.load(id);
    if (mine !== newest) return true;
    if (stored === undefined) return false;
    const { autoRun, limits, stopped, tabs, deployed } = stored.record;
    workspace.show(id, stored);
    store.setState({ autoRun });
    turnTo({ stopped, tabs });
    if (stopped) {
      // Nothing will run, and the person sees all the same what is wrong with the manifest.
      runner.edited(0);
      return true;
    }
    store.setState((state) => ({ run: { ...state.run, phase: "starting" } }));
    if (Object.keys(limits).length > 0) await engine.configure(limits);
    const unchanged =
      deployed === undefined
        ? undefined
        : sourcesIfUnchanged({ variables: {}, profile: stored.record.profile ?? "", ...stored }, deployed);
    const [restored, madeFrom] = await Promise.all([restoring, unchanged]);
    if (store.getState().workspace.id !== id) return true;
    const routes = "routes" in restored ? restored.routes : undefined;
    if (routes !== undefined) {
      deployer.restored(routes, madeFrom);
      store.setState((state) => ({ run: { ...state.run, phase: "running" } }));
    }
    await adoptAgain(id).catch(report);
    if (store.getState().workspace.id !== id) return true;
    // A failure to restore shows in the round, which needs the same engine.
    if (autoRun || (deployed !== undefined && routes === undefined)) await runner.catchUp();
    else {
      runner.edited(0);
      if (routes === undefined) waitForRun();
    }
    return true;
  };

  const start = async (): Promise<void> => {
    const mine = ++newest;
    try {
      const id = storage.currentId();
      if (mine !== newest || (id !== undefined && (await resume(id, mine)))) return;
    } catch (error) {
      // The saved workspace cannot be had. The sample still runs; what is wrong is shown beside it.
      await openSample(mine);
      return report(error);
    }
    await openSample(mine);
  };
  const back = async (): Promise<void> => {
    const { previous } = workspace.record;
    const { id } = store.getState().workspace;
    const mine = ++newest;
    await autosave.flush();
    if (previous === undefined || (await storage.load(previous)) === undefined) {
      throw new PlaygroundError("file-not-found", "There is no workspace that was open before this one.");
    }
    if (mine !== newest) return;
    storage.select(previous);
    await resume(previous, mine);
    if (store.getState().workspace.id === previous) workspace.updateRecord({ previous: id });
  };

  const openSample = (mine: number): Promise<void> => {
    const id = newWorkspaceId();
    // The engine's page loads while the files come.
    openEngine(id);
    return openTemplate(sampleTemplate, mine, id).catch(report);
  };
  const report = (error: unknown): void => {
    const { code, message } = asPlaygroundError(error, "internal");
    store.setState({ problem: { code, message } });
  };

  const settled = async (): Promise<void> => {
    const awaited = latest;
    await awaited;
    await runner.settled();
    // Another workspace may have been opened meanwhile.
    if (awaited !== latest) await settled();
  };

  return {
    start() {
      starting = deferred();
      return tracked(start().finally(known));
    },
    open: async (files) => {
      newest += 1;
      create(newWorkspaceId(), files);
      if (store.getState().autoRun) void tracked(runner.run().then(() => undefined));
      else waitForRun();
      await autosave.flush();
    },
    back: () => tracked(back()),
    openTemplate: (id) => tracked(openTemplate(id)),
    recover(reason) {
      const wanted = store.getState().run.application !== undefined || !runner.resting;
      deployer.reset();
      losses = [...losses.filter((time) => time > Date.now() - 60_000), Date.now()];
      if (losses.length > lossesPerMinute) {
        runner.reset({ stopped: true });
        const message = `The engine of the application went away ${losses.length} times within a minute, so it was not started again. (${reason.message})`;
        store.setState({ problem: { code: "engine-unavailable", message } });
      } else if (wanted) void tracked(runner.run().then(() => undefined));
    },
    complete: () => complete(),
    get opening() {
      return starting?.promise;
    },
    settled,
  };
}
