import { deferred, type Deferred } from "../deferred.ts";

/**
 * Something that can be waited for, as `wasi:io/poll` sees it. `ready()` settles (never rejects) when `isReady` may have
 * become true; a waiter looks again.
 */
export interface Waitable {
  readonly isReady: boolean;
  ready(): Promise<void>;
  /** Nobody will wait for it any more: timers and the like can go. */
  drop?(): void;
}

/** Ready at all times. */
export const always: Waitable = { isReady: true, ready: () => Promise.resolve() };

/** Wakes all who wait, once each: the host's condition variable. All waiters until the next `wake` share one promise. */
export class Wakeup {
  #waiting: Deferred<void> | undefined;

  /** Settles at the next `wake`. */
  wait(): Promise<void> {
    this.#waiting ??= deferred();
    return this.#waiting.promise;
  }

  wake(): void {
    this.#waiting?.resolve();
    this.#waiting = undefined;
  }
}
