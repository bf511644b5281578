/** Turns after something has happened: a task that goes on may let another one go on, and each takes one or two. */
const turnsAfterProgress = 8;
/** Milliseconds after which the glue looks by itself, should something have happened that nobody told of. */
const idleLookMs = 25;
/** The delay with which jco's glue waits between two looks. */
const glueLookMs = 10;

/**
 * The timers of one instance's glue (see `component/async-glue.ts`). The glue polls; so what it wants to do on a timer is
 * done in turns of the event loop that come when the host tells of `progress`, some after each, and not in between.
 */
export class GlueTimers {
  /** Made when it is first used: an instance that no request takes would hold it for ever. */
  #channel: MessageChannel | undefined;
  readonly #soon: (() => void)[] = [];
  #looks: (() => void)[] = [];
  readonly #pollers = new Map<number, () => void>();
  #nextPoller = 1;
  #turnsLeft = 0;
  #isScheduled = false;
  #idleLook: ReturnType<typeof globalThis.setTimeout> | undefined;
  #isOver = false;
  #task: { error?: unknown } | undefined;
  readonly #onTaskEnd: (() => void)[] = [];
  readonly #onIdle: (() => void)[] = [];
  /** Told when the guest may run, and when it waits. */
  onTurns: { enter(): void; leave(): void } | undefined;

  // What the glue takes, without `this`.

  readonly setTimeout = (callback: () => void, delay = 0): void => {
    if (delay < glueLookMs) {
      this.#soon.push(callback);
      this.progress();
    } else {
      this.#looks.push(callback);
      if (this.#turnsLeft === 0) this.#lookLater();
    }
  };

  readonly setInterval = (callback: () => void): number => {
    const id = this.#nextPoller++;
    this.#pollers.set(id, callback);
    this.progress();
    return id;
  };

  readonly clearInterval = (id: number): void => void this.#pollers.delete(id);

  /** Looks, when nothing else is to be done, whether all tasks wait for one another. */
  readonly check = (callback: () => void): number => {
    globalThis.setTimeout(() => {
      if (!this.#isOver) callback();
    }, 0);
    return 0;
  };

  /** The guest's task is over; `error` is what ended it, if it did not end by itself. */
  taskEnded(error?: unknown): void {
    if (this.#task) return;
    this.#task = error === undefined ? {} : { error };
    for (const tell of this.#onTaskEnd.splice(0)) tell();
  }

  // What the host takes.

  /** Something has happened that a task may wait for: a promise of the host is settled, bytes came or were asked for. */
  progress(): void {
    if (this.#isOver) return;
    this.onTurns?.enter();
    this.#turnsLeft = turnsAfterProgress;
    this.#schedule();
  }

  /** Settles when the guest's task has ended; rejects with what ended it. */
  async taskEnd(): Promise<void> {
    if (!this.#task) await new Promise<void>((resolve) => this.#onTaskEnd.push(resolve));
    if (this.#task && "error" in this.#task) throw this.#task.error;
  }

  /** Settles when the guest waits for the host, at once if it does so now. */
  idle(): Promise<void> {
    return this.#isScheduled ? new Promise((resolve) => this.#onIdle.push(resolve)) : Promise.resolve();
  }

  /** The instance is over: nothing of it runs any more. */
  close(): void {
    this.#isOver = true;
    globalThis.clearTimeout(this.#idleLook);
    this.#soon.length = 0;
    this.#looks.length = 0;
    this.#pollers.clear();
    this.#channel?.port1.close();
    this.onTurns?.leave();
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isOver) return;
    this.#isScheduled = true;
    globalThis.clearTimeout(this.#idleLook);
    this.#idleLook = undefined;
    if (!this.#channel) {
      this.#channel = new MessageChannel();
      this.#channel.port1.addEventListener("message", () => this.#turn());
      this.#channel.port1.start();
    }
    this.#channel.port2.postMessage(undefined);
  }

  #turn(): void {
    this.#isScheduled = false;
    if (this.#isOver) return;
    this.#turnsLeft -= 1;
    // Nothing is done in the last turn: whatever the one before it led to has run by then.
    if (this.#turnsLeft > 0) {
      for (const callback of [...this.#soon.splice(0), ...this.#looks.splice(0), ...this.#pollers.values()]) callback();
      return this.#schedule();
    }
    this.onTurns?.leave();
    for (const tell of this.#onIdle.splice(0)) tell();
    this.#lookLater();
  }

  #lookLater(): void {
    if (this.#idleLook !== undefined || this.#isScheduled || this.#isOver) return;
    if (this.#looks.length === 0 && this.#pollers.size === 0) return;
    this.#idleLook = globalThis.setTimeout(() => {
      this.progress();
    }, idleLookMs);
  }
}
