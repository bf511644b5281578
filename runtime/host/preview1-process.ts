import type { ByteSource } from "./byte-stream.ts";
import { emptySource } from "./bytes-source.ts";
import type { InstanceContext } from "./context.ts";
import { type GuestMemory, utf8Bytes } from "./guest-memory.ts";
import { errno, type Errno } from "./preview1-errno.ts";
import { GuestExit } from "./wasi-cli.ts";

/** What a program gets of its surroundings. Set before it runs; read when it asks. */
export interface ProgramWorld {
  args: readonly string[];
  /** `NAME=value`; of two with one name programs see the first. */
  environment: readonly string[];
  /** All there already: a program does not wait for it. */
  stdin: ByteSource;
  stdout: (bytes: Uint8Array) => void;
}

/** As Spin has it for a module of Spin 1.0: the manifest's environment, no arguments, no input, output to the log. */
export function programWorld(context: InstanceContext): ProgramWorld {
  return {
    args: [],
    environment: manifestEnvironment(context),
    stdin: emptySource(),
    stdout: (bytes) => context.log("stdout", bytes),
  };
}

export function manifestEnvironment({ component }: InstanceContext): string[] {
  return Object.entries(component.env ?? {}).map(([name, value]) => `${name}=${value}`);
}

/** Most bytes that `crypto.getRandomValues` fills at once. */
const mostRandom = 65_536;

/** Arguments, environment, randomness and the end of a program (`args_*`, `environ_*`, `random_get`, `proc_*`). */
export function processFunctions(world: ProgramWorld, memory: GuestMemory) {
  return {
    args_sizes_get: (count: number, size: number) => writeSizes(memory, world.args, count, size),
    args_get: (pointers: number, buffer: number) => writeStrings(memory, world.args, pointers, buffer),
    environ_sizes_get: (count: number, size: number) => writeSizes(memory, world.environment, count, size),
    environ_get: (pointers: number, buffer: number) => writeStrings(memory, world.environment, pointers, buffer),
    random_get(address: number, length: number): Errno {
      const bytes = memory.bytes(address, length);
      for (let at = 0; at < bytes.length; at += mostRandom) crypto.getRandomValues(bytes.subarray(at, at + mostRandom));
      return errno.success;
    },
    proc_exit(status: number): never {
      throw new GuestExit(status >>> 0);
    },
    proc_raise(signal: number): never {
      throw new Error(`the guest raised signal ${signal}`);
    },
    sched_yield: (): Errno => errno.success,
  };
}

function writeSizes(memory: GuestMemory, strings: readonly string[], count: number, size: number): Errno {
  memory.setU32(count, strings.length);
  memory.setU32(
    size,
    strings.reduce((sum, text) => sum + utf8Bytes(text).length + 1, 0),
  );
  return errno.success;
}

/** The strings one after the other, each with a NUL, and a pointer to each. */
function writeStrings(memory: GuestMemory, strings: readonly string[], pointers: number, buffer: number): Errno {
  let at = buffer >>> 0;
  for (const [index, text] of strings.entries()) {
    const bytes = utf8Bytes(`${text}\0`);
    memory.setU32((pointers >>> 0) + 4 * index, at);
    memory.write(at, bytes);
    at += bytes.length;
  }
  return errno.success;
}
