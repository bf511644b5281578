/**
 * `window.playground`: everything the studio does, without its user interface. Tests, documentation pages and scripts
 * use it; the same interface is offered by the embed SDK.
 */
import type { Inspection } from "../../runtime/component/inspection.ts";
import type { Diagnostic } from "../../runtime/diagnostic.ts";
import type { LockedApp } from "../../runtime/manifest/locked-app.ts";
import type { Limits, LogLine, RouteInfo, Trace } from "../../runtime/protocol.ts";

/** Failures are `PlaygroundError` (see `runtime/errors.ts`) with `code` and, where there are any, `diagnostics`. */
export interface Playground {
  /** A new workspace with these files becomes the current one. With auto-run on, it is built and started. */
  open(files: Record<string, string | Uint8Array>): Promise<void>;
  /** The current workspace, built Wasm included. */
  files(): Promise<Record<string, Uint8Array>>;
  /** As an edit: saved, and built and reloaded when auto-run is on; at once, without the pause for further typing. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  remove(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Reads the manifest; never rejects for a wrong one. */
  check(): Promise<{ lockedApp: LockedApp } | { diagnostics: Diagnostic[] }>;
  /** Builds every component that has a build command. */
  build(): Promise<{ components: ComponentBuild[] }>;
  /** Builds what is out of date and starts the application. `url` is the application origin. */
  up(): Promise<{ url: string; routes: RouteInfo[] }>;
  stop(): Promise<void>;
  /**
   * Sends a request to the running application, not by way of the service worker. A string is a path or an absolute URL.
   * The response carries its request id in the header `spin-playground-request-id`.
   */
  request(input: string | Request, init?: RequestInit): Promise<Response>;
  /**
   * Looks into a component of the manifest, running or not: imports and whether the playground provides them, exports, size,
   * producers, WIT. Rejects with `component-missing` before it is built, and with `component-invalid` for what is no Wasm.
   */
  inspect(componentId: string): Promise<Inspection>;
  /**
   * What components and the engine had to say of requests, and the engine of itself; not the routes that the log panel shows at
   * the start. All of it is there for requests whose answer is complete, those of pages and tabs of the application too.
   */
  logs(): Promise<LogLine[]>;
  /** `default` without a label. Its functions reject with `store-unavailable` for a store that no running component has. */
  keyValue(label?: string): PlaygroundKeyValue;
  /**
   * What happened to a request, by its id; waits for one under way that the studio made, or that has log lines. Rejects
   * with `file-not-found` when it is not (or no longer) known.
   */
  trace(requestId: string): Promise<Trace>;
  /**
   * The newest requests that are over, 200 at most, oldest first: those of pages and tabs of the application too, as soon as
   * they have the whole answer. Without their host calls, which `trace` has.
   */
  traces(): Promise<Trace[]>;
  /** The application variables of `spin.toml`, in its order. Rejects as `up` does where that, or a file beside it, is wrong. */
  variables(): Promise<ApplicationVariable[]>;
  /**
   * Gives an application variable a value in the current workspace; `undefined` takes it away. With auto-run on, the running
   * application is loaded again with it, without a build. Values are kept in this browser, beside the files and never among
   * them. Rejects with `settings-invalid` for a name that no variable can have.
   */
  setVariable(name: string, value: string | undefined): Promise<void>;
  /** Settings of the current workspace that no manifest holds. Rejects with `settings-invalid`, and sets none of them then. */
  configure(settings: Partial<Limits> & PlaygroundSettings): Promise<void>;
  /** Settles when no build or start is under way: what was last written is running, or has failed. */
  settled(): Promise<{ running: boolean; diagnostics: Diagnostic[] }>;
}

export interface ApplicationVariable {
  name: string;
  description?: string;
  default?: string;
  /** There is no default. Without any value for it, the application does not start. */
  required: boolean;
  secret: boolean;
  /** What `setVariable` gave, secrets in clear. */
  value?: string;
  /**
   * What the application gets: the value of a static provider of `runtime-config.toml`, which comes before that of
   * `setVariable`; what a Vault says, and only where that has nothing the rest; or nothing.
   */
  source: "runtime-config" | "vault" | "value" | "default" | "none";
  /** Ids of the components whose variables or allowed hosts are made with it. */
  usedBy: string[];
}

export interface PlaygroundSettings {
  /** Whether an edit builds and reloads by itself. */
  autoRun?: boolean;
  /**
   * The build profile (natively `--profile`), empty for none: what `[component.<id>.profile.<name>]` says replaces what the
   * component says. A change counts as an edit of the manifest.
   */
  profile?: string;
}

export interface ComponentBuild {
  id: string;
  ok: boolean;
  milliseconds: number;
  diagnostics: Diagnostic[];
}

export interface PlaygroundKeyValue {
  get(key: string): Promise<Uint8Array | undefined>;
  set(key: string, value: string | Uint8Array): Promise<void>;
  delete(key: string): Promise<void>;
  keys(): Promise<string[]>;
}

declare global {
  /** On the studio page only. */
  var playground: Playground;
}
