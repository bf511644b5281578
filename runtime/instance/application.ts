import { invariant, PlaygroundError } from "../errors.ts";
import { mayReachItself } from "../manifest/allowed-hosts.ts";
import type { LockedComponent } from "../manifest/locked-app.ts";
import type { InstanceContext } from "../host/context.ts";
import { loadHostInterfaces } from "../host/registry.ts";
import { parseEndpoint } from "../manifest/endpoint.ts";
import { componentHosts, componentVariables } from "../manifest/provided-variables.ts";
import { loadPrebuilt } from "../component/prebuilt.ts";
import type { PreparedComponent } from "../component/prepared.ts";
import type { HttpMockRule, PreparedApplication } from "../protocol.ts";
import { buildRoutes } from "../routing/routes.ts";
import type { RouteTable } from "../routing/routes.ts";
import { requireExecutors } from "./executors.ts";
import type { GlueModule } from "./instantiate.ts";
import type { MountedFiles } from "./mounted-files.ts";

/** A component with everything that its requests share and none may change. */
export interface LoadedComponent {
  locked: LockedComponent;
  prepared: PreparedComponent;
  glue: GlueModule;
  variables: InstanceContext["variables"];
  files: InstanceContext["files"];
  hosts: ReturnType<typeof componentHosts>;
  backedStores: InstanceContext["backedStores"];
  backedDatabases: InstanceContext["backedDatabases"];
  tcpServers: InstanceContext["tcpServers"];
  /** Of the runtime config (`max_instance_memory`); the workspace's limit holds beside it. */
  maxMemoryBytes: number;
}

export interface LoadedApplication {
  name: string;
  version: string | undefined;
  routes: RouteTable;
  components: ReadonlyMap<string, LoadedComponent>;
  /** Whether a component is allowed to send requests to the application itself, or to another of its components. */
  mayAskItself: boolean;
  mocks: readonly HttpMockRule[];
}

/**
 * Imports the glue of every component, reads its files and builds the route table. Fails as a whole: an application is
 * never half loaded.
 */
export async function loadApplication(
  application: PreparedApplication,
  mountedFiles: MountedFiles,
): Promise<LoadedApplication> {
  const { lockedApp, components, mocks, runtime } = application;
  const { metadata } = lockedApp;
  const tcpServers = new Set(mocks.flatMap((rule) => ("tcp" in rule ? [parseEndpoint(rule.tcp) ?? rule.tcp] : [])));
  const trees = await mountedFiles.load(application);
  const loaded = lockedApp.components.map(async (locked): Promise<[string, LoadedComponent] | undefined> => {
    const given = components[locked.id];
    // A component that no trigger reaches needs no Wasm.
    if (!given) return undefined;
    const prepared = "prepared" in given ? await loadPrebuilt(given) : given;
    const [glue] = await Promise.all([glueOf(prepared), loadHostInterfaces(prepared.imports)]);
    return [
      locked.id,
      {
        locked,
        prepared,
        glue,
        variables: componentVariables(lockedApp, locked.id, runtime.variables),
        files: trees.get(locked.id),
        hosts: componentHosts(lockedApp, locked, runtime.variables),
        backedStores: runtime.keyValueStores,
        backedDatabases: runtime.databases,
        tcpServers,
        maxMemoryBytes: runtime.maxInstanceMemory ?? Infinity,
      },
    ];
  });
  const loadedComponents = (await Promise.all(loaded)).filter((entry) => entry !== undefined);
  requireExecutors(lockedApp, new Map(loadedComponents.map(([id, { prepared }]) => [id, prepared.handler])));
  const { host } = globalThis.location;
  return {
    name: metadata.name,
    version: metadata.version,
    routes: buildRoutes(lockedApp).table,
    components: new Map(loadedComponents),
    // What a Vault may yet say is not known beforehand.
    mayAskItself: loadedComponents.some(([, { hosts }]) => "ask" in hosts || mayReachItself(hosts, host)),
    mocks: mocks.filter((rule) => "url" in rule),
  };
}

/** Begins to load glue: a worker loads a module once, so the application that needs it then has it at hand. */
export function expectGlue(url: string): void {
  importGlue(url).catch(() => {
    // The application that needs it tries again, and reports the failure.
  });
}

/** Core modules need none that is generated. */
async function glueOf({ glueUrl, modules, image, handler }: PreparedComponent): Promise<GlueModule> {
  if (glueUrl !== undefined) return importGlue(glueUrl);
  const file = image?.module ?? "";
  const module = modules[file];
  invariant(module, "A core module was prepared without its code.");
  // Loaded with the first of them, as host interfaces are that few applications have.
  const { moduleGlue } = await import("../module/module-glue.ts");
  return moduleGlue(module, file, handler);
}

async function importGlue(url: string): Promise<GlueModule> {
  try {
    return (await import(/* @vite-ignore */ url)) as GlueModule;
  } catch (cause) {
    throw new PlaygroundError("internal", `The glue of a component could not be loaded: ${String(cause)}`, { cause });
  }
}
