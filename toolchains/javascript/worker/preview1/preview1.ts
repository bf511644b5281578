import { Descriptors } from "./descriptors.ts";
import { fileFunctions } from "./file-functions.ts";
import { GuestMemory } from "./guest-memory.ts";
import type { HostFunctions } from "./host-functions.ts";
import { processFunctions } from "./process-functions.ts";

export interface Preview1Options {
  environment: Record<string, string>;
  standardInput: string;
  /** Absolute path to text. The root folder is preopened. */
  files: Record<string, string>;
  /** Text written to standard output (1) or error (2). */
  onOutput(descriptor: number, text: string): void;
}

/**
 * Makes the imports `wasi_snapshot_preview1`: the part of WASI preview 1 that the engine needs while it initialises.
 *
 * @param memory Asked at each call, since the instance comes later.
 */
export function preview1(options: Preview1Options, memory: () => ArrayBuffer): HostFunctions {
  const encoder = new TextEncoder();
  const guest = new GuestMemory(memory);
  const files = new Map(Object.entries(options.files).map(([path, text]) => [path, encoder.encode(text)]));
  const descriptors = new Descriptors(encoder.encode(options.standardInput), files);
  return {
    ...processFunctions(guest, options.environment),
    ...fileFunctions(guest, descriptors, (descriptor, text) => options.onOutput(descriptor, text)),
  };
}
