import { PlaygroundError } from "../errors.ts";
import type { EngineEvent, Limits, LogLine, PreparedApplication, RequestKey } from "../protocol.ts";
import { InstanceWorker, type InstanceWorkerOptions } from "./instance-worker.ts";

/** Lines to be told once that are remembered. */
const mostTold = 1000;

export interface PoolOptions {
  spawn: () => Worker;
  onEvent: (event: EngineEvent) => void;
  onPostgres: InstanceWorkerOptions["onPostgres"];
  /** A worker can take requests from now on. */
  onWorker: (worker: InstanceWorker) => void;
  /** The application has answered, or nobody asked it anything: what its first answer did not need may come now. */
  onSettled: () => void;
  /** A worker was ended; what it was doing is lost. `running`: the requests of which one may have been the cause. */
  onWorkerGone: (workerId: number, reason: string, running: readonly RequestKey[]) => void;
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
 * within the request deadline is ended and another takes its place: the spare one, which was loaded beforehand and has no
 * port, so that nothing could be asked of it and it holds no instance.
 */
export class Pool {
  readonly #options: PoolOptions;
  #workers: InstanceWorker[] = [];
  #spare: InstanceWorker | undefined;
  #nextWorker = 1;
  #deployment: { id: number; application: PreparedApplication } | undefined;
  #limits: Limits;
  #nextDeployment = 1;
  #stopped: string | undefined;
  /** Watches since the application came, unless it has answered already. */
  #watchesUntilFull = 0;
  /** Since the last deploy. */
  #isSettled = true;
  /** A deployment that a further worker could not load: those that have it go on alone. */
  #unloadable: number | undefined;
  /** What was told once in this deployment. */
  readonly #told = new Set<string>();
  /** `performance.now()` of the last watch. */
  #lastWatch = performance.now();

  constructor(limits: Limits, options: PoolOptions) {
    this.#limits = perWorker(limits);
    this.#options = {
      ...options,
      onEvent: (event) => {
        if (event.type === "trace") this.#watchesUntilFull = 0;
        if (event.type === "log" && event.once === true && !this.#isNew(event.line)) return;
        options.onEvent(event);
      },
    };
    // Started before there is an application: a worker takes longer to start than a component to prepare.
    this.#add();
    setInterval(() => this.#watch(), pingEveryMs);
  }

  /** Workers that hold the current application; while there is none, those that will, since they keep requests till then. */
  get workers(): readonly InstanceWorker[] {
    const ready = this.#workers.filter(({ holds }) => holds !== undefined && holds === this.#deployment?.id);
    return ready.length > 0 ? ready : this.#workers;
  }

  /** Settles (never rejects) when the first worker takes messages, or will not. */
  get started(): Promise<void> {
    return this.#workers[0]?.started ?? Promise.resolve();
  }

  /** An application with this glue will come. */
  expectGlue(urls: string[]): void {
    for (const worker of this.#all) worker.expectGlue(urls);
  }

  /** Settles when the first worker can answer with the application; the others follow once it has. */
  async deploy(application: PreparedApplication): Promise<void> {
    const id = this.#nextDeployment++;
    this.#deployment = { id, application };
    this.#stopped = undefined;
    // Another worker now would take its start from the first answer's time.
    this.#watchesUntilFull = Math.ceil(fullAfterMs / pingEveryMs);
    this.#isSettled = false;
    this.#told.clear();
    await Promise.any(this.#workers.map((worker) => worker.deploy(id, application, this.#limits))).catch(
      (error: unknown) => {
        throw error instanceof AggregateError ? error.errors[0] : error;
      },
    );
  }

  configure(limits: Limits): void {
    this.#limits = perWorker(limits);
    for (const worker of this.#all) worker.configure(this.#limits);
  }

  stop(reason: string): void {
    this.#stopped = reason;
    this.#deployment = undefined;
    for (const worker of this.#all) worker.stop(reason);
  }

  /** Settles (never rejects) when the events of what the workers have answered by now have come. */
  async flush(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.flush()));
  }

  get #all(): readonly InstanceWorker[] {
    return this.#spare ? [...this.#workers, this.#spare] : this.#workers;
  }

  /** Whether no worker has told this in the current deployment. */
  #isNew({ component, text }: LogLine): boolean {
    const told = JSON.stringify([component, text]);
    const isNew = !this.#told.has(told);
    // Guests make the texts, and may make any number.
    if (this.#told.size >= mostTold) this.#told.clear();
    this.#told.add(told);
    return isNew;
  }

  get #isUnloadable(): boolean {
    return this.#deployment?.id === this.#unloadable && this.#workers.length > 0;
  }

  #spawn(): InstanceWorker {
    const { spawn, onEvent, onPostgres } = this.#options;
    return new InstanceWorker({ id: this.#nextWorker++, spawn, onEvent, onPostgres });
  }

  /** One more worker answers requests: the spare one where there is one. */
  #add(): void {
    const { onWorker } = this.#options;
    const worker = this.#spare ?? this.#spawn();
    this.#spare = undefined;
    this.#workers.push(worker);
    if (this.#stopped !== undefined) worker.stop(this.#stopped);
    if (!this.#deployment) return onWorker(worker);
    const { id, application } = this.#deployment;
    if (worker.holds === id) return onWorker(worker);
    worker.deploy(id, application, this.#limits).then(
      () => onWorker(worker),
      (error: unknown) => {
        // A newer application came meanwhile, and every worker got it.
        if (isSuperseded(error)) return onWorker(worker);
        this.#unloadable = id;
        this.#replace(worker, error instanceof Error ? error.message : String(error), false);
      },
    );
  }

  /** A worker that has not answered a ping for as long as a request may take runs a guest that never gives way. */
  #watch(): void {
    const { requestDeadlineMs } = this.#limits;
    // Timers of a hidden page are late, so the time counts; after a sleep of the computer it is not the guest's, so not all.
    const elapsedMs = Math.min(performance.now() - this.#lastWatch, Math.max(pingEveryMs, requestDeadlineMs / 4));
    this.#lastWatch = performance.now();
    for (const worker of this.#all) {
      const { silentMs } = worker;
      // A worker that is still starting runs no guest, however short the deadline is.
      if (!worker.isReady && silentMs > Math.max(requestDeadlineMs, startWithinMs)) {
        this.#replace(worker, `An instance worker did not start within ${startWithinMs / 1000} s and was ended.`, true);
      } else if (worker.isReady && silentMs > requestDeadlineMs) {
        const seconds = requestDeadlineMs / 1000;
        this.#replace(
          worker,
          `An instance worker computed for more than ${seconds} s without a pause and was ended.`,
          true,
        );
      } else worker.ping(elapsedMs);
    }
    const isBusy = this.#workers.some((worker) => worker.silentMs > 0);
    if (!this.#deployment || (this.#watchesUntilFull-- > 0 && !isBusy)) return;
    while (this.#workers.length < workerCount && !this.#isUnloadable) this.#add();
    if (this.#isSettled) return this.#keepSpare();
    this.#isSettled = true;
    this.#options.onSettled();
  }

  /** The last to be started, and the last to get a new application: it is needed when something went wrong, if ever. */
  #keepSpare(): void {
    if (!this.#deployment || this.#isUnloadable) return;
    const { id, application } = this.#deployment;
    if (this.#workers.some(({ holds }) => holds !== id)) return;
    const spare = (this.#spare ??= this.#spawn());
    if (spare.hasAskedFor(id)) return;
    spare.deploy(id, application, this.#limits).catch((error: unknown) => {
      if (spare !== this.#spare || isSuperseded(error)) return;
      this.#unloadable = id;
      this.#spare = undefined;
      spare.terminate();
    });
  }

  #replace(worker: InstanceWorker, reason: string, again: boolean): void {
    worker.terminate();
    if (worker === this.#spare) {
      this.#spare = undefined;
      return;
    }
    this.#workers = this.#workers.filter((entry) => entry !== worker);
    // Before the loss is told: requests that are sent again find the worker that takes the place.
    if (again) this.#add();
    this.#options.onWorkerGone(worker.id, reason, worker.running);
  }
}

function isSuperseded(error: unknown): boolean {
  return error instanceof PlaygroundError && error.code === "build-superseded";
}

/** The application's share of one worker. */
function perWorker(limits: Limits): Limits {
  return {
    ...limits,
    liveInstances: Math.max(1, Math.floor(limits.liveInstances / workerCount)),
    queuedRequests: Math.ceil(limits.queuedRequests / workerCount),
  };
}
