import { PlaygroundError } from "../errors.ts";
import type { ErrorCode } from "../errors.ts";
import type {
  EngineEvent,
  Limits,
  PreparedApplication,
  RequestKey,
  SupervisorToWorker,
  WorkerToSupervisor,
} from "../protocol.ts";
import { Flushes } from "./flushes.ts";

export interface InstanceWorkerOptions {
  id: number;
  /** Makes the Web Worker; replaced in tests. */
  spawn: () => Worker;
  onEvent: (event: EngineEvent) => void;
  /** A component wants a Postgres: `port` is for the worker that keeps the databases. */
  onPostgres: (workerId: number, port: MessagePort) => void;
}

let connections = 0;

/** The supervisor's handle on one instance worker. */
export class InstanceWorker {
  readonly id: number;
  /** Milliseconds for which a ping has waited for its answer, as told to `ping`. */
  silentMs = 0;
  /** The requests whose guests may be running, as the worker said last. */
  running: readonly RequestKey[] = [];
  /** The deployment it answers requests with. */
  holds: number | undefined;
  /** Whether its script has run; until then it answers nothing. */
  isReady = false;
  /** Settles (never rejects) when its script has run, or cannot. */
  readonly started: Promise<void>;
  readonly #worker: Worker;
  readonly #deployments = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  /** The deployment that was asked for last. */
  #asked: { id: number; done: Promise<void> } | undefined;
  #sequence = 0;
  #isAnswerAwaited = false;
  readonly #flushes = new Flushes();

  constructor({ id, spawn, onEvent, onPostgres }: InstanceWorkerOptions) {
    this.id = id;
    this.#worker = spawn();
    this.started = new Promise((resolve) => {
      for (const type of ["message", "error"]) this.#worker.addEventListener(type, () => resolve(), { once: true });
    });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<WorkerToSupervisor>) => {
      if (data.type === "event") onEvent(data.event);
      else if (data.type === "postgres") onPostgres(id, data.port);
      else this.#receive(data);
    });
    this.#worker.addEventListener("error", (event) => this.#fail(`The instance worker failed: ${event.message}`));
  }

  /** Settles when the worker answers requests with this application, which it is sent once. */
  deploy(deploymentId: number, application: PreparedApplication, limits: Limits): Promise<void> {
    if (this.#asked?.id !== deploymentId) {
      const done = new Promise<void>((resolve, reject) => {
        this.#deployments.set(deploymentId, { resolve, reject });
        this.#post({ type: "deploy", deploymentId, application, limits });
      });
      this.#asked = { id: deploymentId, done };
    }
    return this.#asked.done;
  }

  hasAskedFor(deploymentId: number): boolean {
    return this.#asked?.id === deploymentId;
  }

  expectGlue(urls: string[]): void {
    this.#post({ type: "expect-glue", urls });
  }

  /** Requests may come by this port. Its number in `RequestKey` is returned. */
  connect(port: MessagePort): number {
    connections += 1;
    this.#post({ type: "connect", connection: connections, port }, [port]);
    return connections;
  }

  configure(limits: Limits): void {
    this.#post({ type: "configure", limits });
  }

  stop(reason: string): void {
    this.#post({ type: "stop", reason });
  }

  /** @param elapsedMs since the ping before, as far as it shall count */
  ping(elapsedMs: number): void {
    if (this.#isAnswerAwaited) this.silentMs += elapsedMs;
    this.#isAnswerAwaited = true;
    this.#post({ type: "ping", sequence: this.#sequence++ });
  }

  /** Settles (never rejects) when the events of what it has answered by now have come; at once when it has not begun. */
  flush(): Promise<void> {
    if (!this.isReady) return Promise.resolve();
    return this.#flushes.wait((flush) => this.#post({ type: "flush", flush }));
  }

  terminate(): void {
    this.#worker.terminate();
    this.#fail("The instance worker was ended.");
  }

  #receive(message: Exclude<WorkerToSupervisor, { type: "event" | "postgres" }>): void {
    this.silentMs = 0;
    this.#isAnswerAwaited = false;
    this.isReady = true;
    if (message.type === "running") this.running = message.requests;
    if (message.type === "flushed") this.#flushes.done(message.flush);
    if (message.type !== "deployed" && message.type !== "deploy-failed") return;
    const deployment = this.#deployments.get(message.deploymentId);
    this.#deployments.delete(message.deploymentId);
    if (message.type === "deployed") {
      this.holds = message.deploymentId;
      deployment?.resolve();
    } else deployment?.reject(new PlaygroundError(message.code as ErrorCode, message.message));
  }

  #fail(reason: string): void {
    for (const { reject } of this.#deployments.values()) reject(new PlaygroundError("engine-unavailable", reason));
    this.#deployments.clear();
    this.#flushes.end();
  }

  #post(message: SupervisorToWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
