import type { PlaygroundError } from "../errors.ts";
import type { StoreField } from "../protocol.ts";
import type { LockedComponent } from "../manifest/locked-app.ts";
import type { ByteSource } from "./byte-stream.ts";
import type { DirectoryNode } from "./file-tree.ts";
import type { AllowedHosts } from "../manifest/allowed-hosts.ts";
import type { ComponentVariable } from "../manifest/provided-variables.ts";
import type { ReadVault } from "../manifest/variables-provider.ts";
import type { BackEnds } from "../stores/back-ends.ts";

/**
 * Everything that the host interfaces of one instance may see and touch. One context belongs to one request: it is made
 * with the instance and ends with it, so nothing of one request can be found from another.
 */
export interface InstanceContext {
  readonly requestId: string;
  readonly component: LockedComponent;
  /** The component's variables, resolved from templates as far as that is possible without asking a Vault. */
  readonly variables: ReadonlyMap<string, ComponentVariable>;
  /** Asks a Vault of the runtime config. What hinders it is told to the person in the log and the trace. */
  readonly readVault: ReadVault;
  /** The component's mounted files; `undefined` when it mounts none. */
  readonly files: DirectoryNode | undefined;
  readonly backEnds: BackEnds;
  /** The component's `allowed_outbound_hosts`, with the values of variables in them, as far as no Vault has a say in them. */
  readonly hosts: AllowedHosts;
  /** Labels of the stores that there are: `default`, unless the runtime config says otherwise. */
  readonly backedStores: readonly string[];
  /** Labels of the SQLite databases that there are, likewise. */
  readonly backedDatabases: readonly string[];
  /** TCP servers that `mocks.json` plays, by address as `parseEndpoint` writes it; each sends back what it gets. */
  readonly tcpServers: ReadonlySet<string>;
  readonly outbound: OutboundHttp;
  /** One write of the guest to stdout or stderr, as it came; splitting into lines is the receiver's part. */
  log(stream: "stdout" | "stderr", bytes: Uint8Array): void;
  /** One line of the engine's own in the component's log: what the person must know of this host. */
  notice(text: string): void;
  /** The same for what is to be known of the application: the log has it once in a deployment, whichever worker says it. */
  noticeOnce(text: string): void;
  /** The guest asked for a store or database that its manifest does not list; `backed` says whether there is such a one. */
  storeDenied(field: StoreField, label: string, backed: boolean): void;
  /**
   * Wraps every wait of the guest on the outside. Until the first one, response bytes are collected and sent in one
   * message; from it on they are streamed.
   */
  suspending<T>(wait: Promise<T>): Promise<T>;
  /**
   * Tells the tasks of a guest of WASI 0.3 that they may be able to go on: something that the host gives or takes without
   * being waited for by `suspending` has come, or was asked for. Means nothing to other guests.
   */
  progress(): void;
  /** Aborted when the request is over, however it ended: timers, readers and fetches of the instance stop. */
  readonly signal: AbortSignal;
}

/** Sends a request out of the instance: allow-list, mocks, then the browser's `fetch`. */
export interface OutboundHttp {
  /** Never rejects: a failure is a `wasi:http/types` error-code. */
  send(request: OutboundRequest): Promise<OutboundResult>;
}

/** A field of headers or trailers. */
type HeaderEntry = [name: string, value: Uint8Array];

export interface OutboundRequest {
  method: string;
  /** Absolute, or path and query alone for a request to the application itself. */
  url: string;
  headers: HeaderEntry[];
  body: ByteSource | undefined;
  /** Settles (never rejects) at the end of the body. They reach only the application itself: browsers send none. */
  trailers?: Promise<HeaderEntry[]>;
  connectTimeoutMs?: number;
  firstByteTimeoutMs?: number;
  betweenBytesTimeoutMs?: number;
  signal: AbortSignal;
}

export type OutboundResult =
  | {
      ok: true;
      status: number;
      headers: HeaderEntry[];
      body: ByteSource;
      /** Settles (never rejects) at the end of the body. Missing where there can be none. */
      trailers?: Promise<HeaderEntry[]>;
    }
  /** With `trap` the guest traps when it asks for the response, and never sees the error. */
  | { ok: false; error: HttpErrorCode; trap?: PlaygroundError };

/** `wasi:http/types.error-code` as jco represents a variant; tags are the WIT names in kebab-case. */
export interface HttpErrorCode {
  tag: string;
  val?: unknown;
}
