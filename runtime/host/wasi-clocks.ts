import type { InstanceContext } from "./context.ts";
import type { HostInterfaces } from "./host-interface.ts";
import { always, type Waitable } from "./wakeup.ts";
import { Pollable } from "./wasi-io-poll.ts";

const nanosecondsPerMillisecond = 1_000_000;

/** Browsers cut `performance.now()` to 5 µs where the page is cross-origin isolated and to 100 µs elsewhere. */
export const monotonicResolution = globalThis.crossOriginIsolated ? 5_000n : 100_000n;

/** The longest delay that `setTimeout` keeps (2^31 - 1 ms); longer waits are made of several. */
const longestTimeout = 0x7fff_ffff;

/** Nanoseconds since the worker began. */
export function monotonicNow(): bigint {
  return BigInt(Math.round(performance.now() * nanosecondsPerMillisecond));
}

/** A point in monotonic time. The timer is set only when somebody waits, and given up when the request is over. */
class Deadline implements Waitable {
  readonly #at: bigint;
  readonly #signal: AbortSignal;
  #waiting: Promise<void> | undefined;
  #stop: (() => void) | undefined;

  constructor(at: bigint, signal: AbortSignal) {
    this.#at = at;
    this.#signal = signal;
  }

  get isReady(): boolean {
    return monotonicNow() >= this.#at;
  }

  /** Never settles when the request ends first: its instance, the only waiter, is dropped with it. */
  ready(): Promise<void> {
    this.#waiting ??= new Promise((resolve) => this.#sleep(resolve));
    return this.#waiting;
  }

  /** A guest that waits for something else again and again, with a time-out each, would gather timers. */
  drop(): void {
    this.#stop?.();
  }

  #sleep(wake: () => void): void {
    if (this.#signal.aborted) return;
    const remaining = Math.ceil(Number(this.#at - monotonicNow()) / nanosecondsPerMillisecond);
    if (remaining <= 0) {
      wake();
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      this.#signal.removeEventListener("abort", stop);
    };
    const timer = setTimeout(
      () => {
        stop();
        this.#sleep(wake);
      },
      Math.min(remaining, longestTimeout),
    );
    this.#stop = stop;
    this.#signal.addEventListener("abort", stop, { once: true });
  }
}

/** Settles at an instant of this clock, and never when the request ends first. */
export function untilInstant({ signal }: InstanceContext, at: bigint): Promise<void> {
  return at <= monotonicNow() ? Promise.resolve() : new Deadline(at, signal).ready();
}

/** `at`: nanoseconds on this clock. */
export function subscribeInstant(context: InstanceContext, at: bigint): Pollable {
  return new Pollable(at <= monotonicNow() ? always : new Deadline(at, context.signal), context);
}

/** `duration`: nanoseconds from now. */
export function subscribeDuration(context: InstanceContext, duration: bigint): Pollable {
  return subscribeInstant(context, monotonicNow() + duration);
}

export const wallClock = {
  now() {
    const milliseconds = Date.now();
    return {
      seconds: BigInt(Math.floor(milliseconds / 1000)),
      nanoseconds: (milliseconds % 1000) * nanosecondsPerMillisecond,
    };
  },
  resolution: () => ({ seconds: 0n, nanoseconds: nanosecondsPerMillisecond }),
};

/** `wasi:clocks`: instants and durations are nanoseconds. */
export const wasiClocks: HostInterfaces = {
  "wasi:clocks/monotonic-clock@0.2": (context) => ({
    now: monotonicNow,
    resolution: () => monotonicResolution,
    subscribeInstant: (at: bigint) => subscribeInstant(context, at),
    subscribeDuration: (duration: bigint) => subscribeDuration(context, duration),
  }),
  "wasi:clocks/wall-clock@0.2": () => wallClock,
};
