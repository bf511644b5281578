import { createArrivals } from "./arrivals.ts";
import { createAutosave } from "./autosave.ts";
import { createBuilds } from "./builds.ts";
import { checkWorkspace, type CheckedApplication } from "./check.ts";
import type { StudioActions } from "./actions.ts";
import { createPlayground } from "./create-playground.ts";
import type { KernelDependencies, TemplateSource } from "./dependencies.ts";
import { componentWasm } from "./component-wasm.ts";
import { createDownload } from "./download.ts";
import { createDeployer } from "./deployer.ts";
import { createDispatchClient } from "./dispatch-client.ts";
import type { EngineClient } from "./engine-client.ts";
import { createEngineEvents } from "./engine-events.ts";
import { createFindings } from "./findings.ts";
import { createFetchedComponents } from "./fetched-components.ts";
import { defaultLimits } from "../../runtime/protocol.ts";
import type { PreparedComponents } from "./prepared-components.ts";
import { createRequests } from "./requests.ts";
import { createRunner } from "./runner.ts";
import { createSession } from "./session.ts";
import type { SourceFiles } from "./state.ts";
import { type StudioStore, studioStore } from "./store.ts";
import { createStudioActions } from "./studio-actions.ts";
import { createWarmUp } from "./warm-up.ts";
import { createWatchedFolder } from "./watched-folder.ts";
import { createWorkspace } from "./workspace.ts";

/** The studio without its face. */
export interface Kernel {
  readonly store: StudioStore;
  readonly actions: StudioActions;
  readonly templates: Pick<TemplateSource, "list">;
  readonly engine: Pick<EngineClient, "opened">;
}

/** Wires the parts together. Nothing happens before `actions.start()`. `store` is the page's own, but for tests. */
export function createKernel(dependencies: KernelDependencies, store: StudioStore = studioStore): Kernel {
  const { engine, storage, toolchains, templates, location } = dependencies;
  let checked: CheckedApplication | undefined;

  const autosave = createAutosave(storage, (saved, error) => {
    store.setState((state) => {
      const overcome = saved === "saved" && state.problem?.code === "store-unavailable";
      const problem = error === undefined ? state.problem : { code: error.code, message: error.message };
      return { workspace: { ...state.workspace, saved }, problem: overcome ? undefined : problem };
    });
  });
  const workspace = createWorkspace(store, autosave);
  const findings = createFindings(store);
  const prepared: PreparedComponents = new Map();
  const fetched = createFetchedComponents({
    engine,
    store: dependencies.componentStore,
    limit: () => workspace.record.limits.componentBytes ?? defaultLimits.componentBytes,
    onProgress: (packProgress) => store.setState({ packProgress }),
  });
  const builds = createBuilds(toolchains, prepared, fetched, (packProgress) => store.setState({ packProgress }));
  const deployer = createDeployer({
    engine,
    store,
    workspace,
    prebuiltGlue: dependencies.prebuiltGlue,
    location,
    prepared,
    fetched,
    onServing: (listing) => events.print(listing, "stdout"),
  });
  const dispatch = createDispatchClient(engine);
  const warmUp = createWarmUp(dependencies, (packProgress) => store.setState({ packProgress }));
  const events = createEngineEvents({
    store,
    findings,
    mapStack: builds.mapStack,
    placeOf: (componentId) => checked?.places.component(componentId),
  });
  const check = (files: SourceFiles["files"]) => checkWorkspace(files, dependencies, store.getState().profile);
  const runner = createRunner({
    store,
    workspace,
    check,
    builds,
    deployer,
    findings,
    onChecked(application) {
      checked = application;
      findings.placeHints((id) => application.places.component(id));
    },
    onRunning: (application, files) => warmUp.running(application, files),
  });
  const session = createSession({
    ...dependencies,
    store,
    workspace,
    autosave,
    runner,
    deployer,
    prepared,
    whenAnswered: warmUp.whenAnswered,
    leave() {
      checked = undefined;
      builds.reset();
      fetched.reset();
      events.reset();
      findings.set([]);
      findings.clearHints();
      dispatch.reset("Another workspace was opened.");
    },
  });

  engine.onEvent((event) => {
    events.receive(event);
    if (event.type === "trace") warmUp.answered();
  });
  engine.onLost((reason) => {
    dispatch.reset(reason.message);
    events.abandon();
    session.recover(reason);
  });

  const requests = createRequests({ store, dispatch, events, settled: session.settled });
  const parts = { store, workspace, autosave, runner, session, events, engine, requests };
  const wasmOf = async (componentId: string): Promise<Uint8Array<ArrayBuffer>> => {
    if (session.opening) await session.opening;
    await session.complete();
    const { files } = store.getState().workspace;
    return componentWasm(componentId, files, await check(files), fetched);
  };
  const playground = createPlayground({ ...parts, check, wasmOf });
  const arrivals = createArrivals({
    ...parts,
    check,
    loadIntake: dependencies.loadIntake,
    download: createDownload(engine, (packProgress) => store.setState({ packProgress })),
  });
  const { folders, loadIntake } = dependencies;
  const watchedFolder = createWatchedFolder({ ...parts, arrivals, folders, loadIntake, check });
  const actions = createStudioActions({
    ...parts,
    playground,
    arrivals,
    watchedFolder,
    wasmOf,
    saveFile: dependencies.saveFile,
  });
  return { store, actions, templates, engine };
}
