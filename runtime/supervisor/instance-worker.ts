import { PlaygroundError } from "../errors.ts";
import type { ErrorCode } from "../errors.ts";
import type { EngineEvent, Limits, PreparedApplication, SupervisorToWorker, WorkerToSupervisor } from "../protocol.ts";

export interface InstanceWorkerOptions {
  id: number;
  /** Makes the Web Worker; replaced in tests. */
  spawn: () => Worker;
  onEvent: (event: EngineEvent) => void;
}

/** The supervisor's handle on one instance worker. */
export class InstanceWorker {
  readonly id: number;
  /** Pings without an answer since the last one. Counted, not timed: a computer that slept must not look like a busy guest. */
  unanswered = 0;
  /** Whether its script has run; until then it answers nothing. */
  isReady = false;
  /** Settles (never rejects) when its script has run, or cannot. */
  readonly started: Promise<void>;
  readonly #worker: Worker;
  readonly #deployments = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  #sequence = 0;

  constructor({ id, spawn, onEvent }: InstanceWorkerOptions) {
    this.id = id;
    this.#worker = spawn();
    this.started = new Promise((resolve) => {
      for (const type of ["message", "error"]) this.#worker.addEventListener(type, () => resolve(), { once: true });
    });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<WorkerToSupervisor>) => {
      if (data.type === "event") onEvent(data.event);
      else this.#receive(data);
    });
    this.#worker.addEventListener("error", (event) => this.#fail(`The instance worker failed: ${event.message}`));
  }

  /** Settles when the worker answers requests with this application. */
  deploy(deploymentId: number, application: PreparedApplication, limits: Limits): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#deployments.set(deploymentId, { resolve, reject });
      this.#post({ type: "deploy", deploymentId, application, limits });
    });
  }

  expectGlue(urls: string[]): void {
    this.#post({ type: "expect-glue", urls });
  }

  connect(port: MessagePort): void {
    this.#post({ type: "connect", port }, [port]);
  }

  configure(limits: Limits): void {
    this.#post({ type: "configure", limits });
  }

  stop(reason: string): void {
    this.#post({ type: "stop", reason });
  }

  ping(): void {
    this.unanswered += 1;
    this.#post({ type: "ping", sequence: this.#sequence++ });
  }

  terminate(): void {
    this.#worker.terminate();
    this.#fail("The instance worker was ended.");
  }

  #receive(message: Exclude<WorkerToSupervisor, { type: "event" }>): void {
    this.unanswered = 0;
    this.isReady = true;
    if (message.type !== "deployed" && message.type !== "deploy-failed") return;
    const deployment = this.#deployments.get(message.deploymentId);
    this.#deployments.delete(message.deploymentId);
    if (message.type === "deployed") deployment?.resolve();
    else deployment?.reject(new PlaygroundError(message.code as ErrorCode, message.message));
  }

  #fail(reason: string): void {
    for (const { reject } of this.#deployments.values()) reject(new PlaygroundError("engine-unavailable", reason));
    this.#deployments.clear();
  }

  #post(message: SupervisorToWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
