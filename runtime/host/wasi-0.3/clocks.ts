import type { InstanceContext } from "../context.ts";
import type { HostInterfaces } from "../host-interface.ts";
import { monotonicNow, monotonicResolution, untilInstant, wallClock } from "../wasi-clocks.ts";

/** Never settles when the request ends first: its instance, the only waiter, is dropped with it. */
function waitUntil(context: InstanceContext, at: bigint): Promise<void> {
  return context.suspending(untilInstant(context, at));
}

/** `wasi:clocks` of 0.3: instants and durations are nanoseconds. */
export const wasiClocks03: HostInterfaces = {
  "wasi:clocks/types@0.3": () => ({}),
  "wasi:clocks/monotonic-clock@0.3": (context) => ({
    now: monotonicNow,
    getResolution: () => monotonicResolution,
    waitUntil: (at: bigint) => waitUntil(context, at),
    waitFor: (duration: bigint) => waitUntil(context, monotonicNow() + duration),
  }),
  "wasi:clocks/system-clock@0.3": () => ({
    now: () => wallClock.now(),
    getResolution: () => BigInt(wallClock.resolution().nanoseconds),
  }),
};
