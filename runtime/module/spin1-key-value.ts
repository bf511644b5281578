import type { spin1KeyValue } from "../host/spin-1/key-value.ts";
import { bool, bytes, list, string, u32 } from "./codec.ts";
import { result, variant } from "./codec-compounds.ts";
import { fallible, type HostFunctions } from "./host-function.ts";

const error = variant([
  ["store-table-full"],
  ["no-such-store"],
  ["access-denied"],
  ["invalid-store"],
  ["no-such-key"],
  ["io", string],
]);

/** The import module `key-value`. */
export function keyValueFunctions(stores: ReturnType<typeof spin1KeyValue>): HostFunctions {
  const none = result(undefined, error);
  return {
    open: fallible([string], result(u32, error), stores.open),
    get: fallible([u32, string], result(bytes, error), stores.get),
    set: fallible([u32, string, bytes], none, stores.set),
    delete: fallible([u32, string], none, stores.delete),
    exists: fallible([u32, string], result(bool, error), stores.exists),
    "get-keys": fallible([u32], result(list(string), error), stores.getKeys),
    close: { parameters: [u32], call: (store) => stores.close(store as number) },
  };
}
