import { PlaygroundError } from "../errors.ts";
import type { EngineEvent, Limits, PreparedApplication } from "../protocol.ts";
import { InstanceWorker } from "./instance-worker.ts";

export interface PoolOptions {
  spawn: () => Worker;
  onEvent: (event: EngineEvent) => void;
  /** A worker can take requests from now on. */
  onWorker: (worker: InstanceWorker) => void;
  /** The application has answered, or nobody asked it anything: what its first answer did not need may come now. */
  onSettled: () => void;
  /** A worker was ended; what it was doing is lost. */
  onWorkerGone: (workerId: number, reason: string) => void;
}

/** How many workers answer requests: one busy with a guest that computes leaves the other free. */
const workerCount = 2;
/** How often a worker must show that it takes messages. */
const pingEveryMs = 250;
/** A worker that has not begun to take messages after this time will not. */
const startWithinMs = 30_000;
/** An application that nobody asks anything gets all its workers after this time. */
const fullAfterMs = 2_000;

/**
 * The instance workers of one application. All of them hold the same application; a worker whose guest does not give way
 * within the request deadline is ended and another takes its place.
 */
export class Pool {
  readonly #options: PoolOptions;
  #workers: InstanceWorker[] = [];
  #nextWorker = 1;
  #deployment: { id: number; application: PreparedApplication } | undefined;
  #limits: Limits;
  #nextDeployment = 1;
  #stopped: string | undefined;
  /** Watches since the application came, unless it has answered already. */
  #watchesUntilFull = 0;
  /** Since the last deploy. */
  #isSettled = true;

  constructor(limits: Limits, options: PoolOptions) {
    this.#limits = perWorker(limits);
    this.#options = {
      ...options,
      onEvent: (event) => {
        if (event.type === "trace") this.#watchesUntilFull = 0;
        options.onEvent(event);
      },
    };
    // Started before there is an application: a worker takes longer to start than a component to prepare.
    this.#add();
    setInterval(() => this.#watch(), pingEveryMs);
  }

  /** Workers that hold the current application. */
  get workers(): readonly InstanceWorker[] {
    return this.#workers;
  }

  /** Settles (never rejects) when the first worker takes messages, or will not. */
  get started(): Promise<void> {
    return this.#workers[0]?.started ?? Promise.resolve();
  }

  /** An application with this glue will come. */
  expectGlue(urls: string[]): void {
    for (const worker of this.#workers) worker.expectGlue(urls);
  }

  /** Settles when the first worker can answer with the application; the others follow once it has. */
  async deploy(application: PreparedApplication): Promise<void> {
    const id = this.#nextDeployment++;
    this.#deployment = { id, application };
    this.#stopped = undefined;
    // Another worker now would take its start from the first answer's time.
    this.#watchesUntilFull = Math.ceil(fullAfterMs / pingEveryMs);
    this.#isSettled = false;
    await Promise.any(this.#workers.map((worker) => worker.deploy(id, application, this.#limits))).catch(
      (error: unknown) => {
        throw error instanceof AggregateError ? error.errors[0] : error;
      },
    );
  }

  configure(limits: Limits): void {
    this.#limits = perWorker(limits);
    for (const worker of this.#workers) worker.configure(this.#limits);
  }

  stop(reason: string): void {
    this.#stopped = reason;
    this.#deployment = undefined;
    for (const worker of this.#workers) worker.stop(reason);
  }

  #add(): void {
    const { spawn, onEvent, onWorker } = this.#options;
    const worker = new InstanceWorker({ id: this.#nextWorker++, spawn, onEvent });
    this.#workers.push(worker);
    if (this.#stopped !== undefined) worker.stop(this.#stopped);
    if (!this.#deployment) return onWorker(worker);
    const { id, application } = this.#deployment;
    worker.deploy(id, application, this.#limits).then(
      () => onWorker(worker),
      (error: unknown) => {
        // A newer application came meanwhile, and every worker got it.
        if (error instanceof PlaygroundError && error.code === "build-superseded") return onWorker(worker);
        this.#replace(worker, error instanceof Error ? error.message : String(error), false);
      },
    );
  }

  /** A worker that has not answered a ping for as long as a request may take runs a guest that never gives way. */
  #watch(): void {
    for (const worker of this.#workers) {
      const silentMs = (worker.unanswered - 1) * pingEveryMs;
      const { requestDeadlineMs } = this.#limits;
      // A worker that is still starting runs no guest, however short the deadline is.
      if (!worker.isReady && silentMs > Math.max(requestDeadlineMs, startWithinMs)) {
        this.#replace(worker, `An instance worker did not start within ${startWithinMs / 1000} s and was ended.`, true);
      } else if (worker.isReady && silentMs > requestDeadlineMs) {
        const seconds = requestDeadlineMs / 1000;
        this.#replace(worker, `The handler computed for more than ${seconds} s without an answer and was ended.`, true);
      } else worker.ping();
    }
    const isBusy = this.#workers.some((worker) => worker.unanswered > 1);
    if (!this.#deployment || (this.#watchesUntilFull-- > 0 && !isBusy)) return;
    while (this.#workers.length < workerCount) this.#add();
    if (!this.#isSettled) this.#options.onSettled();
    this.#isSettled = true;
  }

  #replace(worker: InstanceWorker, reason: string, again: boolean): void {
    this.#workers = this.#workers.filter((entry) => entry !== worker);
    worker.terminate();
    this.#options.onWorkerGone(worker.id, reason);
    if (again) this.#add();
  }
}

/** The application's share of one worker. */
function perWorker(limits: Limits): Limits {
  return {
    ...limits,
    liveInstances: Math.max(1, Math.floor(limits.liveInstances / workerCount)),
    queuedRequests: Math.ceil(limits.queuedRequests / workerCount),
  };
}
