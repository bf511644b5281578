import { prepareComponent } from "../../runtime/component/prepare.ts";
import type { EngineResponse } from "../../runtime/dispatch/responder.ts";
import { readAll } from "../../runtime/host/read-all.ts";
import { buildFileTree } from "../../runtime/host/file-tree.ts";
import { loadHostInterfaces } from "../../runtime/host/registry.ts";
import { Admission } from "../../runtime/instance/admission.ts";
import type { LoadedApplication, LoadedComponent } from "../../runtime/instance/application.ts";
import { GuestTurns } from "../../runtime/instance/guest-turns.ts";
import { createRunner } from "../../runtime/instance/runner.ts";
import { testInstances } from "../../runtime/instance/testing/run-guest.ts";
import type { LockedApp } from "../../runtime/manifest/locked-app.ts";
import { moduleGlue } from "../../runtime/module/module-glue.ts";
import { defaultLimits, type EngineEvent, type Limits, type Trace, type WireRequest } from "../../runtime/protocol.ts";
import { buildRoutes } from "../../runtime/routing/routes.ts";

/** A core module in the engine's own runner, in Node: without JSPI, so only where the guest never waits. */
export interface ModuleRun {
  ask: (request?: Partial<WireRequest>) => Promise<{ status: number; headers: Record<string, string>; text: string }>;
  /** Log lines so far, as `stream: text`. */
  lines: () => string[];
  traces: () => Trace[];
}

interface ModuleRunOptions {
  limits?: Partial<Limits>;
  /** Of the trigger; with it the module is run as a command, below `/base/...`. */
  argv?: string;
  /** Texts by path. */
  files?: Record<string, string>;
  environment?: Record<string, string>;
}

export async function runModule(
  bytes: Uint8Array,
  { limits: given = {}, argv, files = {}, environment = {} }: ModuleRunOptions = {},
): Promise<ModuleRun> {
  const limits: Limits = { ...defaultLimits, ...given };
  const prepared = await prepareComponent(Uint8Array.from(bytes), "sha256:test", {});
  await loadHostInterfaces(prepared.imports);
  const file = prepared.image?.module ?? "";
  const module = prepared.modules[file];
  if (!module) throw new Error("The module was not prepared.");
  const executor = argv === undefined ? undefined : { type: "wagi", argv, entrypoint: "_start" };
  const lockedApp: LockedApp = {
    spin_lock_version: 0,
    metadata: { name: "test" },
    variables: {},
    triggers: [
      {
        id: "t",
        trigger_type: "http",
        trigger_config: { component: "guest", route: executor ? "/base/:id/..." : "/...", executor },
      },
    ],
    components: [],
  };
  const contents = Object.entries(files).map(([path, text]) => {
    return [path, { digest: path, bytes: new TextEncoder().encode(text) }] as const;
  });
  const component: LoadedComponent = {
    locked: { id: "guest", metadata: {}, source: { content_type: "application/wasm" }, env: environment },
    prepared,
    glue: moduleGlue(module, file, prepared.handler),
    variables: new Map(),
    files: buildFileTree(new Map(contents), 1_700_000_000_000),
    hosts: { entries: [], faults: [] },
    backedStores: [],
    backedDatabases: [],
    tcpServers: new Set(),
    maxMemoryBytes: Infinity,
  };
  const application: LoadedApplication = {
    name: "test",
    version: undefined,
    routes: buildRoutes(lockedApp).table,
    components: new Map([["guest", component]]),
    mayAskItself: false,
    mocks: [],
  };
  const events: EngineEvent[] = [];
  const signal = new AbortController().signal;
  const handle = createRunner({
    application: () => Promise.resolve(application),
    stopped: () => signal,
    limits: () => limits,
    admission: new Admission({ live: limits.liveInstances, waiting: limits.queuedRequests }),
    instances: testInstances(limits),
    turns: new GuestTurns(() => undefined),
    emit: (event) => events.push(structuredClone(event)),
  });
  let requests = 0;
  const plain = { method: "GET", url: "http://app.test/", headers: [], body: null, clientAddress: "127.0.0.1:1234" };
  return {
    async ask(request = {}) {
      const response = await handle({ ...plain, ...request }, signal, { connection: 1, id: ++requests });
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        text: new TextDecoder().decode(await wholeBody(response)),
      };
    },
    lines: () => events.flatMap((event) => (event.type === "log" ? `${event.line.stream}: ${event.line.text}` : [])),
    traces: () => events.flatMap((event) => (event.type === "trace" ? event.trace : [])),
  };
}

async function wholeBody({ first, body }: EngineResponse): Promise<Uint8Array> {
  const rest = body ? await readAll(body, Number.MAX_SAFE_INTEGER - 1) : new Uint8Array();
  return new Uint8Array(await new Blob([first, rest]).arrayBuffer());
}
