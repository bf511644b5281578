import type { InstanceContext } from "./context.ts";
import type { GuestMemory } from "./guest-memory.ts";
import type { DescriptorTable } from "./preview1-descriptors.ts";
import { errno, type Errno } from "./preview1-errno.ts";
import { monotonicNow, monotonicResolution, subscribeDuration } from "./wasi-clocks.ts";

const clock = { realtime: 0, monotonic: 1 } as const;
const nanosecondsPerMillisecond = 1_000_000n;

/** Layout of `subscription` and `event`, in bytes (`wasi_snapshot_preview1.witx`). */
const subscription = { size: 48, tag: 8, content: 16, timeout: 24, flags: 40 } as const;
const event = { size: 32, error: 8, type: 10, byteCount: 16 } as const;
const eventType = { clock: 0, fdRead: 1, fdWrite: 2 } as const;
const absoluteTime = 1;
/** Subscriptions of one call: more than a program may have open. */
const mostSubscriptions = 4096;

/** Clocks and waiting (`clock_*`, `poll_oneoff`); times are nanoseconds. */
export function clockFunctions(context: InstanceContext, descriptors: DescriptorTable, memory: GuestMemory) {
  return {
    clock_res_get(id: number, result: number): Errno {
      const resolution =
        id === clock.realtime ? nanosecondsPerMillisecond : id === clock.monotonic ? monotonicResolution : undefined;
      if (resolution === undefined) return errno.badf;
      memory.setU64(result, resolution);
      return errno.success;
    },
    clock_time_get(id: number, _precision: bigint, result: number): Errno {
      const now = timeOf(id);
      if (now === undefined) return errno.badf;
      memory.setU64(result, now);
      return errno.success;
    },
    /**
     * Waits for the first of the subscriptions. Descriptors never make a guest wait: files, input and output are in memory.
     * Without one that is ready, that is the earliest time.
     */
    async poll_oneoff(input: number, output: number, count: number, result: number): Promise<Errno> {
      const total = count >>> 0;
      if (total === 0 || total > mostSubscriptions) return errno.inval;
      const began = monotonicNow();
      const subscriptions = Array.from({ length: total }, (_, index) => {
        return readSubscription((input >>> 0) + index * subscription.size);
      });
      const waits = subscriptions.map(({ wait }) => wait);
      const shortest = waits.reduce((least, wait) => (wait < least ? wait : least));
      if (shortest > 0n) await subscribeDuration(context, shortest).block();
      const elapsed = monotonicNow() - began;
      const ready = subscriptions.filter(({ wait }) => wait === shortest || wait <= elapsed);
      for (const [index, { userdata, error, type }] of ready.entries()) {
        const at = (output >>> 0) + index * event.size;
        memory.bytes(at, event.size).fill(0);
        memory.setU64(at, userdata);
        memory.setU16(at + event.error, error);
        memory.setU8(at + event.type, type);
        // How many bytes there are is not told; that it is not none is, as by Spin's adapter.
        if (type !== eventType.clock) memory.setU64(at + event.byteCount, 1n);
      }
      memory.setU32(result, ready.length);
      return errno.success;
    },
  };

  /** `wait`: nanoseconds from now, 0 for what is ready, an error included. */
  function readSubscription(at: number): { userdata: bigint; type: number; error: Errno; wait: bigint } {
    const [userdata, type] = [memory.u64(at), memory.u8(at + subscription.tag)];
    if (type !== eventType.clock) {
      const isKnown = type <= eventType.fdWrite && descriptors.get(memory.u32(at + subscription.content)) !== undefined;
      return { userdata, type, error: isKnown ? errno.success : errno.badf, wait: 0n };
    }
    const now = timeOf(memory.u32(at + subscription.content));
    if (now === undefined) return { userdata, type, error: errno.inval, wait: 0n };
    const timeout = memory.u64(at + subscription.timeout);
    const isAbsolute = (memory.u16(at + subscription.flags) & absoluteTime) !== 0;
    const wait = isAbsolute ? timeout - now : timeout;
    return { userdata, type, error: errno.success, wait: wait > 0n ? wait : 0n };
  }
}

function timeOf(id: number): bigint | undefined {
  if (id === clock.realtime) return BigInt(Date.now()) * nanosecondsPerMillisecond;
  return id === clock.monotonic ? monotonicNow() : undefined;
}
