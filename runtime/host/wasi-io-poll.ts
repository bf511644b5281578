import type { InstanceContext } from "./context.ts";
import { always, type Waitable } from "./wakeup.ts";

/** What the streams and pollables of an instance need of its context. */
export type Suspending = Pick<InstanceContext, "suspending">;

/**
 * `wasi:io/poll.pollable`. There is one class for the whole host, as there is of the streams: jco accepts a resource by
 * `instanceof`, whichever interface made it.
 */
export class Pollable {
  readonly #waitable: Waitable;
  readonly #context: Suspending;

  constructor(waitable: Waitable, context: Suspending) {
    this.#waitable = waitable;
    this.#context = context;
  }

  ready(): boolean {
    return this.#waitable.isReady;
  }

  /** Returns once ready; does not suspend the guest when it is ready already. */
  block(): void | Promise<void> {
    if (!this.#waitable.isReady) return this.#context.suspending(this.#blockUntilReady());
  }

  /** What `poll` waits on; settles when readiness may have changed. */
  changed(): Promise<void> {
    return this.#waitable.ready();
  }

  [Symbol.dispose](): void {
    this.#waitable.drop?.();
  }

  async #blockUntilReady(): Promise<void> {
    do await this.#waitable.ready();
    while (!this.#waitable.isReady);
  }
}

/** A pollable that is ready at all times. */
export function readyPollable(context: Suspending): Pollable {
  return new Pollable(always, context);
}

/**
 * `wasi:io/poll.poll`: indexes of those that are ready, at least one. Waits on all of them at once and looks again when
 * any stirs; there is no timer. An empty list is a trap, as the WIT says.
 */
export function poll(context: Suspending, pollables: Pollable[]): Uint32Array | Promise<Uint32Array> {
  if (pollables.length === 0) throw new Error("wasi:io/poll.poll was called with an empty list");
  const ready = readyIndexes(pollables);
  return ready.length > 0 ? ready : context.suspending(pollUntilReady(pollables));
}

async function pollUntilReady(pollables: Pollable[]): Promise<Uint32Array> {
  for (;;) {
    await Promise.race(pollables.map((pollable) => pollable.changed()));
    const ready = readyIndexes(pollables);
    if (ready.length > 0) return ready;
  }
}

function readyIndexes(pollables: Pollable[]): Uint32Array {
  const indexes: number[] = [];
  for (const [index, pollable] of pollables.entries()) if (pollable.ready()) indexes.push(index);
  return Uint32Array.from(indexes);
}
