/**
 * Every message between the parts of the engine, in one place.
 *
 * ```
 * studio ──EngineApi (comlink)──▶ supervisor (engine page) ──SupervisorToWorker──▶ instance worker
 *    ▲──────EngineEvent───────────────┘   ▲──────────────WorkerToSupervisor────────────┘ │
 * service worker ◀──EngineToServiceWorker─┘                                              │
 *    └───────────────CallerToWorker / WorkerToCaller over a MessagePort──────────────────┘
 * ```
 * The supervisor calls the workers over the same kind of port as the service worker does.
 */
import type { LockedApp } from "./manifest/locked-app.ts";
import type { VariablesProvider } from "./manifest/variables-provider.ts";
import type { Inspection } from "./component/inspection.ts";
import type { PreparedComponent } from "./component/prepared.ts";
import type { PostgresAddress } from "./stores/postgres/address.ts";
import type { Outcome, Statement } from "./stores/postgres/session.ts";
import type { PostgresError } from "./stores/postgres/values.ts";

/** Everything of the engine on an application origin lives below this path; Spin reserves its parent for itself. */
export const enginePath = "/.well-known/spin/playground/";
/** The service worker's script. At the root, so that its scope is the whole origin on any static host. */
export const serviceWorkerPath = "/spin-playground-service-worker.js";

// ── studio → supervisor ───────────────────────────────────────────────────────────────────────────────────────────

/** The interface of the engine page, reached over a comlink endpoint. */
export interface EngineApi {
  /**
   * Makes an application the running one. Components and mounted files are named by the SHA-256 of their bytes
   * (`sha256:…`); bytes are sent only for those the engine does not have. Requests under way end on the application they began with.
   */
  deploy(deployment: Deployment): Promise<DeployResult>;
  /** Starts the application that this origin ran last, from its own cache. `undefined` when there is none. */
  restore(): Promise<Routes | undefined>;
  /** Requests are answered 503 from now on; those under way are ended. */
  stop(): Promise<void>;
  /** A new port that takes `CallerToWorker` messages (the studio's direct way in, without the service worker). */
  connect(port: MessagePort): Promise<void>;
  /** Sends every `EngineEvent` to this port from now on, as `EngineMessage`. */
  subscribe(port: MessagePort): Promise<void>;
  /**
   * Sends `flushed` with this number to every subscriber, behind all events of what has been answered by now: an answer comes
   * by another way than its log lines and its trace. Waits for a worker that computes.
   */
  flush(flush: number): Promise<void>;
  configure(limits: Partial<Limits>): Promise<void>;
  /**
   * Fetches a component from its URL, whoever's that is: the policy of the studio's page allows it no server but its own.
   * `port` gets `DownloadMessage`s; any message on it from the studio gives the download up. Rejects with
   * `component-unavailable`, also for one of more than `limit` bytes.
   */
  download(url: string, limit: number, port: MessagePort): Promise<ArrayBuffer>;
  /** Looks into Wasm of any kind, whether it can run or not; see `Inspection`. Rejects with `component-invalid` for what is none. */
  inspect(bytes: ArrayBuffer): Promise<Inspection>;
  /** Its text (WAT), some ten times as long; rejects with `component-invalid`. */
  print(bytes: ArrayBuffer): Promise<string>;
  keyValueGet(store: string, key: string): Promise<Uint8Array | undefined>;
  keyValueSet(store: string, key: string, value: Uint8Array): Promise<void>;
  keyValueDelete(store: string, key: string): Promise<void>;
  keyValueKeys(store: string): Promise<string[]>;
}

/** How far a download is; bytes, `total` is 0 while it is not known. */
export interface DownloadMessage {
  loaded: number;
  total: number;
}

export interface Deployment {
  lockedApp: LockedApp;
  /**
   * By component id. `prepared` is the address of its `PreparedFile` on the application origin, for a component that was
   * built beforehand: its bytes are not needed then.
   */
  components: Record<string, { digest: string; bytes?: ArrayBuffer; prepared?: string }>;
  /** By component id; a component without `files` has none. */
  mounts: Record<string, FileMount>;
  /** Contents of mounted files by digest. */
  contents: Record<string, ArrayBuffer>;
  /** Answers in place of the network, in order; see `mocks.json`. */
  mocks: MockRule[];
  runtime: RuntimeSettings;
  /** Glue that was generated at build time, by shell digest (see `component/shell.ts`): saves the transpile. */
  prebuiltGlue: Record<string, PrebuiltGlue>;
}

/** What natively comes from outside the manifest: the runtime config, and the environment. */
export interface RuntimeSettings {
  /** Where the values of application variables come from, in this order; after them come the defaults. */
  variables: VariablesProvider[];
  /** Labels of key-value stores that are backed. */
  keyValueStores: string[];
  /** Labels of SQLite databases that are backed. */
  databases: string[];
  /** Bytes of memory that an instance may have, beside `Limits.memoryBytes`. */
  maxInstanceMemory?: number;
}

/** The directory that a component sees as `/`. */
export interface FileMount {
  /** Digests of the contents by path: relative, `/` between segments, without `.` and `..`. */
  files: Record<string, string>;
  /** Milliseconds since the epoch: every timestamp that the component sees. */
  time: number;
}

/** Addresses on the application origin. */
export interface PrebuiltGlue {
  glue: string;
  /** The file name by which the glue asks for the main core module. */
  main: string;
  /** All core modules, the shell as the main one, by the file name that the glue asks for, e.g. `template.core2.wasm`. */
  modules: Record<string, string>;
}

export type DeployResult = { state: "running"; routes: Routes } | { state: "missing"; digests: string[] };

export type Routes = RouteInfo[];
export interface RouteInfo {
  /** Component id, or trigger id for a static response. */
  id: string;
  /** As written, without the wildcard suffix. */
  route: string;
  wildcard: boolean;
}

/** A rule of `mocks.json`: for requests over HTTP, or for a TCP server. */
export type MockRule = HttpMockRule | TcpMockRule;

export interface TcpMockRule {
  /** IP address and port of the server, as `127.0.0.1:5000` or `[::1]:5000`. */
  tcp: string;
  /** The server sends back what it gets. */
  echo: true;
}

export interface HttpMockRule {
  method?: string;
  /** An msw path: absolute URL with `:name` and `*`. */
  url: string;
  /** Search parameters that the request must have, with these values; it may have others. */
  query?: Record<string, string>;
  status?: number;
  headers?: Record<string, string>;
  /** Text as it is; anything else is sent as JSON. */
  body?: unknown;
  /** Milliseconds to wait before the answer. */
  delay?: number;
}

export interface Limits {
  /** From the request's arrival to the head of its response; and again from the end of the response to the guest's own. */
  requestDeadlineMs: number;
  /** Of one instance's linear memory. */
  memoryBytes: number;
  /** Per application; further requests wait in a queue. */
  liveInstances: number;
  /** Requests that may wait; further ones are answered 503. */
  queuedRequests: number;
  /** How deep requests of the application to itself may lie within one another, by service chaining or otherwise. */
  nestedRequests: number;
  /** Of one request's body; a guest that reads on gets an error. */
  requestBodyBytes: number;
  /** Of one response's body, which breaks off there. */
  responseBodyBytes: number;
  /** Of all files that the application mounts, each content counted once. They are kept in memory. */
  mountedBytes: number;
  /** Of a component that the manifest has come from a URL. */
  componentBytes: number;
  /** Of one SQLite database, and of one database of a Redis server. */
  databaseBytes: number;
  /** What one statement of a database may take; it is ended then. A statement of Postgres may wait as long for its turn. */
  databaseStatementMs: number;
  /** What one request may print to stdout and stderr together; the rest is dropped, and a line says so. */
  logBytes: number;
  /** Host calls of one request that its trace keeps; the others are counted. With 0 none are noted. */
  hostCallSpans: number;
}

export const defaultLimits: Limits = {
  requestDeadlineMs: 30_000,
  memoryBytes: 256 * 1024 * 1024,
  liveInstances: 32,
  queuedRequests: 256,
  nestedRequests: 5,
  requestBodyBytes: 64 * 1024 * 1024,
  responseBodyBytes: 256 * 1024 * 1024,
  mountedBytes: 64 * 1024 * 1024,
  componentBytes: 128 * 1024 * 1024,
  databaseBytes: 64 * 1024 * 1024,
  databaseStatementMs: 10_000,
  logBytes: 1024 * 1024,
  hostCallSpans: 1_000,
};

export type EngineEvent =
  /** `once`: a line of the same component with the same text is left out of what follows in this deployment. */
  | { type: "log"; line: LogLine; once?: true }
  | { type: "trace"; trace: Trace }
  | { type: "key-value"; store: string; key: string }
  | { type: "denied"; component: string; destination: string; hint: string }
  /** A guest asked for a store or database that its component does not list; `backed` says whether there is such a one. */
  | { type: "store-denied"; component: string; field: StoreField; label: string; backed: boolean; hint: string }
  /** The engine was started, stopped or lost a worker; `reason` is for the person. */
  | { type: "state"; state: "running" | "stopped"; reason?: string };

/** The field of a component's manifest section that grants stores or databases. */
export type StoreField = "key_value_stores" | "sqlite_databases";

/** What a subscriber gets; see `EngineApi.flush`. */
export type EngineMessage = EngineEvent | { type: "flushed"; flush: number };

export interface LogLine {
  /** Milliseconds since the epoch. */
  time: number;
  component: string;
  /** `engine` for what the playground itself has to say about a request. */
  stream: "stdout" | "stderr" | "engine";
  requestId: string;
  text: string;
}

/**
 * What happened to one request. All durations in milliseconds. It is sent once: when the response is complete or the guest
 * has returned, whichever comes first. What was still under way then has the word `unfinished` in its detail.
 */
export interface Trace {
  requestId: string;
  method: string;
  url: string;
  component?: string;
  route?: string;
  /** What the page wanted the answer for, as `Request.destination` tells it; missing for `fetch` and scripts. */
  destination?: string;
  /** Milliseconds since the epoch at which the engine got the request. */
  start: number;
  status: number;
  /** Trailers of the response, where the guest gave any: no `Response` of a browser has them. Up to 8 KiB. */
  trailers?: [string, string][];
  /** Why the answer was not the guest's own (a trap, the deadline, no route …). */
  failure?: { code: string; message: string };
  spans: Span[];
  /** Missing when the guest called no host function, or calls are not noted. `traceSpans` makes spans of it. */
  hostCalls?: HostCallTable;
}

/**
 * `queue`: waiting for an instance; `instance`: making it; `handler`: until the guest is done; `response`: from the head to
 * the end of the body; `outbound`: a request of the guest; `host-call`: one call of a host function. `at` counts from `start`.
 */
export interface Span {
  name: "queue" | "instance" | "handler" | "response" | "outbound" | "host-call";
  at: number;
  duration: number;
  detail?: string;
  /** Of a host call: e.g. `wasi:io/streams@0.2.10` and `[method]output-stream.write`, and the error it gave the guest. */
  call?: { interface: string; function: string; error?: string };
  /** Of an outbound request that the application answered itself, unless the outermost one has too many of them. */
  inner?: InnerTrace;
}

/** What happened to a request of the application to itself. It is sent within the trace of the one that asked, not alone. */
export interface InnerTrace extends Trace {
  /** Milliseconds from the start of the request that asked to the start of this one, from which its spans count. */
  at: number;
}

/** Requests of an application to itself that the trace of one from outside has; further ones are outbound spans alone. */
export const innerTraces = 32;

/** Host calls in columns: there are dozens in every request, and objects for each would cost more than some of the calls. */
export interface HostCallTable {
  /** `interface#function`, each once. */
  names: string[];
  /** For each call, in the order in which they ended, its place in `names`. */
  calls: Uint16Array<ArrayBuffer>;
  /** As in `Span`. */
  at: Float32Array<ArrayBuffer>;
  durations: Float32Array<ArrayBuffer>;
  errors: [index: number, error: string][];
  /** Calls beyond the limit (`hostCallSpans`). */
  dropped: number;
}

// ── supervisor ⇄ instance worker ──────────────────────────────────────────────────────────────────────────────────

export type SupervisorToWorker =
  | { type: "deploy"; deploymentId: number; application: PreparedApplication; limits: Limits }
  /** Glue that the next application will need: loaded while the application is still being prepared. */
  | { type: "expect-glue"; urls: string[] }
  | { type: "stop"; reason: string }
  | { type: "configure"; limits: Limits }
  /** `port` takes `CallerToWorker` messages. `connection` is a name of it, unique in the engine. */
  | { type: "connect"; connection: number; port: MessagePort }
  | { type: "ping"; sequence: number }
  /** Answered with `flushed`, behind every event so far. */
  | { type: "flush"; flush: number };

/** A request under way, as supervisor, worker and caller all can name it. */
export interface RequestKey {
  connection: number;
  /** As in `CallerToWorker`. */
  id: number;
}

export interface PreparedApplication {
  lockedApp: LockedApp;
  components: Record<string, PreparedComponent | PrebuiltComponent>;
  mounts: Record<string, FileMount>;
  /** What the mounts name, by digest. As blobs, whose bytes a worker gets when it reads them, and no copy before. */
  contents: Record<string, Blob>;
  mocks: MockRule[];
  runtime: RuntimeSettings;
}

/**
 * A component that was built beforehand. Each instance worker loads it by itself: its image would have to be copied to
 * each, on the thread that draws the studio.
 */
export interface PrebuiltComponent {
  digest: string;
  /** Address of its `PreparedFile` on the application origin. */
  prepared: string;
  /** By shell digest; its own is among them. */
  glues: Record<string, PrebuiltGlue>;
}

export type WorkerToSupervisor =
  | { type: "ready" }
  | { type: "deployed"; deploymentId: number }
  | { type: "deploy-failed"; deploymentId: number; code: string; message: string }
  | { type: "pong"; sequence: number }
  | { type: "flushed"; flush: number }
  /** Sent before a guest runs on: the requests whose guests may be running from now on. All others wait, or have not begun. */
  | { type: "running"; requests: RequestKey[] }
  /** `port` takes `InstanceToPostgres` messages: it is for the worker that keeps the databases. */
  | { type: "postgres"; port: MessagePort }
  | { type: "event"; event: EngineEvent };

// ── supervisor → Postgres broker, instance worker ⇄ broker, broker ⇄ Postgres ─────────────────────────────────────

export type SupervisorToPostgres =
  | { type: "connect"; workerId: number; port: MessagePort }
  | { type: "worker-gone"; workerId: number };

export type InstanceToPostgres =
  /** `connection` and `call` are names that the instance worker gives. */
  | { type: "open"; connection: number; address: PostgresAddress; limitMs: number }
  | { type: "run"; connection: number; call: number; statement: Statement; limitMs: number }
  /** Gets no answer. */
  | { type: "close"; connection: number };

export type PostgresToInstance =
  /** A Postgres is started for it. */
  | { type: "starting"; connection: number }
  | { type: "opened"; connection: number }
  | { type: "refused"; connection: number; error: PostgresError }
  | { type: "result"; call: number; result: Outcome["result"] };

/** One at a time: the next is sent when the one before is answered. `name` is that of the data on this origin. */
export type BrokerToDatabase =
  | { type: "open"; name: string }
  | { type: "run"; statement: Statement }
  | { type: "reset"; all: boolean }
  | { type: "close" };

export type DatabaseToBroker =
  | { type: "done" }
  | { type: "outcome"; outcome: Outcome }
  /** It is of no more use. */
  | { type: "broken"; reason: string };

// ── caller ⇄ instance worker (one MessagePort each) ───────────────────────────────────────────────────────────────

export type CallerToWorker =
  | { type: "request"; id: number; request: WireRequest }
  /** The caller took this many bytes of the body; the worker may send as many more. */
  | { type: "credit"; id: number; bytes: number }
  | { type: "cancel"; id: number };

export interface WireRequest {
  method: string;
  url: string;
  headers: [string, string][];
  /** Transferred. */
  body: ReadableStream<Uint8Array> | Uint8Array | null;
  /** `ip:port`, for `spin-client-addr`. */
  clientAddress: string;
  /** `Request.destination` where it is not empty, for the trace. */
  destination?: string;
}

export type WorkerToCaller =
  /** `done`: `bytes` is the whole body. Otherwise `body` messages follow, within the credit. */
  | {
      type: "head";
      id: number;
      requestId: string;
      status: number;
      headers: [string, string][];
      bytes: Uint8Array<ArrayBuffer>;
      done: boolean;
      /** Of a response that is complete, where there are any. */
      trailers?: [string, string][];
    }
  | { type: "body"; id: number; bytes: Uint8Array<ArrayBuffer> }
  | { type: "end"; id: number; trailers?: [string, string][] }
  /** The body broke off after the head was sent. */
  | { type: "abort"; id: number; reason: string };

/** Bytes of a response body that a worker may send before the caller grants more. */
export const initialCredit = 256 * 1024;

// ── engine page ⇄ service worker ──────────────────────────────────────────────────────────────────────────────────

export type EngineToServiceWorker =
  /** A port to an instance worker. `engineLock` is held by the engine page for as long as it lives. */
  | {
      type: "engine";
      engineId: string;
      engineLock: string;
      /** No studio stands behind it: it belongs to a page that runs the application by itself. */
      isStandalone: boolean;
      /** See `engine-since`. */
      since: number;
      workerId: number;
      connection: number;
      port: MessagePort;
    }
  /**
   * The engine runs, or was stopped, by a word of the studio that was given then (milliseconds since the epoch; 0 when there
   * was none). Of several engines of an origin, the one with the latest word is right.
   */
  | { type: "engine-since"; engineId: string; since: number }
  /** The worker is gone: its requests under way fail with `reason`. `running`: of which one may have been the cause. */
  | { type: "worker-gone"; engineId: string; workerId: number; reason: string; running: readonly RequestKey[] }
  /** Answered with `flushed`, behind every `engine-event` so far. */
  | { type: "flush"; flush: number };

export type ServiceWorkerToWindow =
  /** Asked of every window of the origin; engine pages answer with `engine` messages. */
  | { type: "engine-wanted" }
  /** What the studio shall hear, by way of this engine. */
  | { type: "engine-event"; engineId: string; event: EngineEvent }
  | { type: "flushed"; flush: number };

/** Name of the channel on which the pages of an application origin hear of its engines. */
export const engineChannel = "spin-playground-engine";
export type EngineAnnouncement =
  /** An application runs: pages that wait for one load again. */
  | { type: "running" }
  /** Asked by a page that waits; engines that run one answer. */
  | { type: "running-wanted" }
  /** Another application is in the cache (see `deploymentCache`): engines without a studio take it over. */
  | { type: "stored" }
  /** The studio stopped the application: engines without a studio stop, too. */
  | { type: "stopped"; since: number };

/**
 * Where an origin keeps what it ran last: a cache of Cache Storage, and in it the address of the deployment. The number
 * counts shapes of deployments: one of another shape must not be found.
 */
export const deploymentCache = { name: "spin-playground-application-5", address: `${enginePath}deployment` };

// ── components → whoever listens (a BroadcastChannel of the application origin) ───────────────────────────────────

/** What a component publishes, at the Redis server or MQTT broker that this origin plays for the address. */
export type PublishedMessage = {
  /** `host:port` of the server; its databases and users make no difference. */
  server: string;
  /** The channel of Redis, or the topic of MQTT. */
  channel: string;
  payload: Uint8Array;
} & ({ type: "redis" } | { type: "mqtt"; qos: "at-most-once" | "at-least-once" | "exactly-once" });

// ── studio page ⇄ engine page (before the comlink endpoint exists) ────────────────────────────────────────────────

/** Engine page → parent, once it can take the port. */
export type EngineHello = { type: "spin-playground-engine" };
/** Parent → engine page, with the port on which `EngineApi` is exposed. */
export type StudioHello = { type: "spin-playground-studio"; port: MessagePort };
