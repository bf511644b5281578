import type { InstanceContext } from "../host/context.ts";
import type { GlueTimers } from "./glue-timers.ts";
import type { GuestTurn } from "./guest-turns.ts";

/** How the waits of one instance on the outside are kept. */
export interface Waits {
  /** Never settles once the request is over: the guest must not run on after its end. */
  readonly track: InstanceContext["suspending"];
  /** Settles when the guest waits, at once if it does so now. */
  begun(): Promise<void>;
}

/** Of a guest that does one thing at a time: while it waits it does not run (JSPI). */
export function suspendingWaits(turn: GuestTurn, signal: AbortSignal): Waits {
  let count = 0;
  let tellBegun = (): void => undefined;
  return {
    track(wait) {
      count += 1;
      tellBegun();
      turn.leave();
      return unlessOver(wait, signal, (isOver) => {
        count -= 1;
        if (!isOver) turn.enter();
      });
    },
    begun: () => (count > 0 ? Promise.resolve() : new Promise((resolve) => (tellBegun = resolve))),
  };
}

/** Of a guest of WASI 0.3: it goes on while it waits, and its timers know when it can do no more. */
export function concurrentWaits(timers: () => GlueTimers | undefined, signal: AbortSignal): Waits {
  return {
    track: (wait) => unlessOver(wait, signal, () => timers()?.progress()),
    begun: () => timers()?.idle() ?? Promise.resolve(),
  };
}

function unlessOver<T>(wait: Promise<T>, signal: AbortSignal, onSettled: (isOver: boolean) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const settling =
      <Value>(settle: (value: Value) => void) =>
      (value: Value): void => {
        onSettled(signal.aborted);
        if (!signal.aborted) settle(value);
      };
    wait.then(settling(resolve), settling(reject));
  });
}
