import { PlaygroundError } from "../../runtime/errors.ts";
import type { Routes } from "../../runtime/protocol.ts";
import type { LockedApp } from "../../runtime/manifest/locked-app.ts";
import type { CheckedApplication } from "./check.ts";
import { outputPath } from "./components.ts";
import type { KernelDependencies } from "./dependencies.ts";
import { type DeployedMounts, deployedMounts } from "./deployed-mounts.ts";
import { digestOf } from "./digest.ts";
import type { EngineClient, EngineDeployment } from "./engine-client.ts";
import { type FetchedComponents, remoteSource } from "./fetched-components.ts";
import type { FileContent } from "./file-content.ts";
import { servingLines } from "./serving-lines.ts";
import { digestOfSources, sourceFilesOf } from "./outdated.ts";
import type { PreparedComponents } from "./prepared-components.ts";
import type { SourceFiles } from "./state.ts";
import type { StudioStore } from "./store.ts";
import { settingsOf } from "./variables.ts";
import type { Workspace } from "./workspace.ts";
import { applicationOrigin } from "./workspace-id.ts";
import type { BuildRecord, DeployedRecord } from "./workspace-storage.ts";

/** Brings applications into the engine, and keeps in the state which one runs. */
export interface Deployer {
  /**
   * Makes the application the running one. With `ifChanged`, nothing is done when the very same runs already. Another
   * workspace or a stop in between makes it a `build-superseded` failure.
   */
  deploy(
    application: CheckedApplication,
    files: Readonly<Record<string, FileContent>>,
    options: { ifChanged: boolean },
  ): Promise<void>;
  /** Shows the application that the engine started from its own cache as the one that runs. */
  restored(routes: Routes, madeFrom: SourceFiles | undefined): void;
  /** Stops what runs; settles when it is stopped. */
  stop(): Promise<void>;
  /** Forgets what runs: the engine is that of another workspace, or was started anew. */
  reset(): void;
}

export interface DeployerContext {
  readonly engine: Pick<EngineClient, "deploy" | "stop">;
  readonly store: StudioStore;
  readonly workspace: Workspace;
  readonly prebuiltGlue: KernelDependencies["prebuiltGlue"];
  readonly location: KernelDependencies["location"];
  readonly prepared: PreparedComponents;
  readonly fetched: Pick<FetchedComponents, "load">;
  /** Told what Spin prints when it serves an application, a line each. */
  readonly onServing: (listing: readonly string[]) => void;
}

export function createDeployer(context: DeployerContext): Deployer {
  const { engine, store, workspace, prebuiltGlue, location, prepared, fetched, onServing } = context;
  /** Changes whenever an answer of the engine would be about something that is over. */
  let epoch = 0;
  let running: string | undefined;
  let generation = 0;
  /** The routes that were told last. */
  let told: string | undefined;

  const show = (deployed: DeployedRecord, routes: Routes, madeFrom: SourceFiles | undefined): void => {
    running = deployed.identity;
    generation += 1;
    const { name, keyValueStores, components } = deployed;
    const url = applicationOrigin(store.getState().workspace.id, location);
    const application = { url, name, routes, keyValueStores, components, generation, madeFrom };
    store.setState((state) => ({ run: { ...state.run, application } }));
  };
  /** The very same application, made from other files: one that it is not built from has changed. */
  const madeAgain = (deployed: DeployedRecord, madeFrom: SourceFiles): void => {
    const { application } = store.getState().run;
    if (application === undefined || workspace.record.deployed?.sources === deployed.sources) return;
    store.setState((state) => ({ run: { ...state.run, application: { ...application, madeFrom } } }));
    workspace.updateRecord({ deployed });
  };
  const tell = ({ listing = [] }: DeployedRecord, again: boolean): void => {
    const text = listing.join("\n");
    if (text === told && !again) return;
    told = text;
    onServing(listing);
  };
  const forget = (): void => {
    epoch += 1;
    told = undefined;
    running = undefined;
    store.setState((state) => ({ run: { ...state.run, application: undefined } }));
  };

  return {
    async deploy(application, files, { ifChanged }) {
      const mine = epoch;
      const { variables: values, profile } = store.getState();
      const components = await componentsOf(application, files, workspace.record.builds, { prepared, fetched });
      const { digests, contents } = await deployedMounts(application, files);
      const built = builtPaths(application.lockedApp, workspace.record.builds);
      const madeFrom = sourceFilesOf({ files, built, variables: values, profile });
      const runtime = settingsOf(application, values);
      const deployed = await describe(application, { components, mounts: digests, runtime }, madeFrom);
      const requireCurrent = (): void => {
        if (mine !== epoch)
          throw new PlaygroundError("build-superseded", "The application was stopped or left meanwhile.");
      };
      requireCurrent();
      if (ifChanged && running === deployed.identity) return madeAgain(deployed, madeFrom);
      const glue = await prebuiltGlue();
      requireCurrent();
      const { lockedApp, mocks } = application;
      const time = Date.now();
      const mounts = Object.fromEntries(Object.entries(digests).map(([id, mounted]) => [id, { files: mounted, time }]));
      const routes = await engine.deploy({
        lockedApp,
        components,
        mounts,
        contents,
        mocks,
        runtime,
        prebuiltGlue: glue,
      });
      requireCurrent();
      show(deployed, routes, madeFrom);
      const url = applicationOrigin(store.getState().workspace.id, location);
      const served = { ...deployed, listing: servingLines(url, application, routes) };
      // `spin watch` prints them with each start; a line that says the same with each edit helps nobody.
      tell(served, !ifChanged);
      workspace.updateRecord({ deployed: served, stopped: false });
    },
    restored(routes, madeFrom) {
      const { deployed } = workspace.record;
      if (deployed === undefined) return;
      show(deployed, routes, madeFrom);
      tell(deployed, false);
    },
    async stop() {
      forget();
      workspace.updateRecord({ stopped: true });
      await engine.stop();
    },
    reset: forget,
  };
}

async function componentsOf(
  { lockedApp }: CheckedApplication,
  files: Readonly<Record<string, FileContent>>,
  builds: Readonly<Record<string, BuildRecord>>,
  { prepared, fetched }: Pick<DeployerContext, "prepared" | "fetched">,
): Promise<EngineDeployment["components"]> {
  const components: EngineDeployment["components"] = {};
  for (const component of lockedApp.components) {
    const remote = remoteSource(component);
    if (remote !== undefined) {
      components[component.id] = { digest: remote.digest, bytes: await fetched.load(component.id, remote) };
      continue;
    }
    const path = outputPath(component);
    const bytes = path === undefined ? undefined : files[path];
    const digest = builds[component.id]?.output ?? "";
    const address = prepared.get(digest);
    if (bytes === undefined && address !== undefined) {
      components[component.id] = { digest, prepared: address };
      continue;
    }
    // The builds have made sure of it, unless the file went away since.
    if (bytes === undefined || typeof bytes === "string")
      throw new PlaygroundError(
        "component-missing",
        `The Wasm of component "${component.id}" is not in the workspace.`,
      );
    components[component.id] = { digest: await digestOf(bytes), bytes };
  }
  return components;
}

/** Where Wasm stands that was built from the other files. Wasm that the person brought is a source of the application. */
function builtPaths({ components }: LockedApp, builds: Readonly<Record<string, BuildRecord>>): string[] {
  return components.filter(({ id }) => builds[id] !== undefined).flatMap((component) => outputPath(component) ?? []);
}

async function describe(
  { lockedApp, mocks }: CheckedApplication,
  {
    components,
    mounts,
    runtime,
  }: Pick<EngineDeployment, "components" | "runtime"> & {
    mounts: DeployedMounts["digests"];
  },
  madeFrom: SourceFiles,
): Promise<DeployedRecord> {
  const digests = Object.entries(components).map(([id, { digest }]) => [id, digest]);
  return {
    identity: await digestOf(JSON.stringify([lockedApp, digests, mounts, mocks, runtime])),
    name: lockedApp.metadata.name,
    keyValueStores: [
      ...new Set(lockedApp.components.flatMap(({ metadata }) => metadata.key_value_stores ?? [])),
    ].sort(),
    components: lockedApp.components.map(({ id }) => id),
    sources: await digestOfSources(madeFrom),
    built: [...madeFrom.built],
  };
}
