import type { InstanceContext } from "./context.ts";
import { preview1 } from "./core-module-facts.ts";
import type { GuestMemory } from "./guest-memory.ts";
import type { HostInterfaces } from "./host-interface.ts";
import { clockFunctions } from "./preview1-clocks.ts";
import { DescriptorTable } from "./preview1-descriptors.ts";
import { descriptorFunctions } from "./preview1-files.ts";
import { pathFunctions } from "./preview1-paths.ts";
import { processFunctions, type ProgramWorld, programWorld } from "./preview1-process.ts";

/** The functions by their names; numbers are `i32`, bigints `i64`. Only `poll_oneoff` may wait. */
export type Preview1Functions = Readonly<Record<string, (...args: never[]) => number | Promise<number>>>;

/**
 * WASI preview 1 for one core module, over the file tree, clocks and log that WASI 0.2 has here. Its answers are those of
 * the adapter by which Spin runs such modules. `world` may be changed until the program runs.
 *
 * Own code, since the packages that have preview 1 in a browser (`@bjorn3/browser_wasi_shim` and the like) spin while they
 * wait, and keep files that are each program's own and can be written.
 */
export class Preview1 {
  readonly world: ProgramWorld;
  readonly context: InstanceContext;
  readonly #descriptors: DescriptorTable;

  constructor(context: InstanceContext) {
    this.context = context;
    this.world = programWorld(context);
    this.#descriptors = new DescriptorTable(context);
  }

  functions(memory: GuestMemory): Preview1Functions {
    const { context, world } = this;
    const descriptors = this.#descriptors;
    const stderr = (bytes: Uint8Array): void => context.log("stderr", bytes);
    return {
      ...processFunctions(world, memory),
      ...clockFunctions(context, descriptors, memory),
      ...descriptorFunctions({ descriptors, world, stderr }, memory),
      ...pathFunctions(descriptors, memory),
    };
  }
}

/** The functions of preview 1 by which a program waits. */
export const preview1Waits: ReadonlySet<string> = new Set(["poll_oneoff"]);

export const wasiPreview1: HostInterfaces = { [preview1]: (context) => new Preview1(context) };
