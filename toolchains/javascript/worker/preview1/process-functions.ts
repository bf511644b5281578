import type { GuestMemory } from "./guest-memory.ts";
import { errno } from "./host-functions.ts";
import type { HostFunctions } from "./host-functions.ts";

/** `crypto.getRandomValues` gives no more at once. */
const maximumRandomBytes = 65_536;
const realtimeClock = 0;

/** The engine ended itself (`proc_exit`): it does so when the script cannot be loaded or throws. */
export class EngineExit extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`The engine ended itself with exit code ${code}.`);
    this.code = code;
  }
}

/** Arguments (there are none), environment, clocks, randomness, and the end of the program. */
export function processFunctions(memory: GuestMemory, environment: Record<string, string>): HostFunctions {
  const encoder = new TextEncoder();
  const variables = Object.entries(environment).map(([key, value]) => encoder.encode(`${key}=${value}\0`));
  const sizes = (list: readonly Uint8Array[], count: number, size: number): number => {
    memory.setU32(count, list.length);
    memory.setU32(
      size,
      list.reduce((sum, entry) => sum + entry.length, 0),
    );
    return errno.success;
  };
  return {
    args_get: () => errno.success,
    args_sizes_get: (count: number, size: number) => sizes([], count, size),
    environ_sizes_get: (count: number, size: number) => sizes(variables, count, size),
    environ_get: (pointers: number, start: number) => {
      memory.writeList(variables, pointers, start);
      return errno.success;
    },
    clock_res_get: (_clock: number, result: number) => {
      memory.setU64(result, 1000n);
      return errno.success;
    },
    clock_time_get: (clock: number, _precision: bigint, result: number) => {
      const milliseconds = clock === realtimeClock ? Date.now() : performance.now();
      // By way of microseconds: a number has not the digits for nanoseconds of this century.
      memory.setU64(result, BigInt(Math.round(milliseconds * 1e3)) * 1000n);
      return errno.success;
    },
    // Seeds of the engine's own hash tables; `Math.random` and `crypto` go to wasi:random instead.
    random_get: (start: number, length: number) => {
      for (let done = 0; done < length; done += maximumRandomBytes) {
        const chunk = new Uint8Array(Math.min(maximumRandomBytes, length - done));
        memory.bytes(start + done, chunk.length).set(crypto.getRandomValues(chunk));
      }
      return errno.success;
    },
    sched_yield: () => errno.success,
    proc_exit: (code: number) => {
      throw new EngineExit(code);
    },
  };
}
