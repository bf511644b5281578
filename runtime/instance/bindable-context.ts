import { invariant } from "../errors.ts";
import type { InstanceContext } from "../host/context.ts";

/** What an instance knows before it has a request: the same for every request of the component. */
export type ComponentPart = Pick<
  InstanceContext,
  "component" | "variables" | "files" | "backEnds" | "hosts" | "backedStores" | "backedDatabases" | "tcpServers"
>;
/** What belongs to the one request that the instance serves. */
export type RequestPart = Omit<InstanceContext, keyof ComponentPart>;

/**
 * The context of an instance that may be made before its request is there. It gets its request once; until then, whatever
 * needs one fails. Code that runs while an instance is made (a start function) can so read variables and environment, as
 * natively, and nothing of any request.
 */
export class BindableContext implements InstanceContext {
  readonly component: InstanceContext["component"];
  readonly variables: InstanceContext["variables"];
  readonly files: InstanceContext["files"];
  readonly backEnds: InstanceContext["backEnds"];
  readonly hosts: InstanceContext["hosts"];
  readonly backedStores: InstanceContext["backedStores"];
  readonly backedDatabases: InstanceContext["backedDatabases"];
  readonly tcpServers: InstanceContext["tcpServers"];
  #request: RequestPart | undefined;

  constructor({
    component,
    variables,
    files,
    backEnds,
    hosts,
    backedStores,
    backedDatabases,
    tcpServers,
  }: ComponentPart) {
    this.component = component;
    this.variables = variables;
    this.files = files;
    this.backEnds = backEnds;
    this.hosts = hosts;
    this.backedStores = backedStores;
    this.backedDatabases = backedDatabases;
    this.tcpServers = tcpServers;
  }

  bind(request: RequestPart): void {
    invariant(this.#request === undefined, "An instance was given a second request.");
    this.#request = request;
  }

  get requestId(): string {
    return this.#bound.requestId;
  }

  get outbound(): InstanceContext["outbound"] {
    return this.#bound.outbound;
  }

  get readVault(): InstanceContext["readVault"] {
    return this.#bound.readVault;
  }

  get signal(): AbortSignal {
    return this.#bound.signal;
  }

  log(stream: "stdout" | "stderr", bytes: Uint8Array): void {
    this.#bound.log(stream, bytes);
  }

  notice(text: string): void {
    this.#bound.notice(text);
  }

  noticeOnce(text: string): void {
    this.#bound.noticeOnce(text);
  }

  storeDenied(...denied: Parameters<InstanceContext["storeDenied"]>): void {
    this.#bound.storeDenied(...denied);
  }

  suspending<T>(wait: Promise<T>): Promise<T> {
    return this.#bound.suspending(wait);
  }

  progress(): void {
    this.#bound.progress();
  }

  get #bound(): RequestPart {
    invariant(this.#request !== undefined, "An instance used its request before it had one.");
    return this.#request;
  }
}
