import { WitError } from "../host/wit-error.ts";
import type { Codec } from "./codec.ts";
import type { Variant } from "./codec-compounds.ts";

/** A function that a module of Spin 1.0 imports: what it takes and returns, and what the host does. */
export interface HostFunction {
  readonly parameters: readonly Codec<unknown>[];
  /** Stored where the last core parameter points; without it the function returns nothing, and never waits. */
  readonly result?: Codec<Variant>;
  call(...values: unknown[]): unknown;
}

/** The functions of one import module, by name. */
export type HostFunctions = Readonly<Record<string, HostFunction>>;

type ValuesOf<Codecs extends readonly Codec<unknown>[]> = {
  [Index in keyof Codecs]: Codecs[Index] extends Codec<infer Value> ? Value : never;
};

/** A function that may fail: `call` settles with the value of `ok`, or rejects with that of `err` (`WitError`). */
export function fallible<const Codecs extends readonly Codec<unknown>[]>(
  parameters: Codecs,
  result: Codec<Variant>,
  call: (...values: ValuesOf<Codecs>) => unknown,
): HostFunction {
  return {
    parameters,
    result,
    async call(...values) {
      try {
        return { tag: "ok", val: await call(...(values as ValuesOf<Codecs>)) };
      } catch (error) {
        // Whatever is no error of an interface ends the guest, as for a component.
        if (error instanceof WitError) return { tag: "err", val: error.payload };
        throw error;
      }
    },
  };
}
