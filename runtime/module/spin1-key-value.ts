import { WitError } from "../host/wit-error.ts";
import { bool, bytes, list, string, u32 } from "./codec.ts";
import { result, variant, type Variant } from "./codec-compounds.ts";
import { Handles } from "./handles.ts";
import { fallible, type HostFunctions } from "./host-function.ts";

/** `fermyon:spin/key-value@2` as the host has it. */
interface KeyValue {
  Store: { open(label: string): Promise<OpenStore> };
}

interface OpenStore {
  get(key: string): Promise<Uint8Array | undefined>;
  set(key: string, value: Uint8Array): Promise<void>;
  delete(key: string): Promise<void>;
  exists(key: string): Promise<boolean>;
  getKeys(): Promise<string[]>;
}

/** Stores that an instance may have open, as in Spin. */
const mostStores = 256;

const error = variant([
  ["store-table-full"],
  ["no-such-store"],
  ["access-denied"],
  ["invalid-store"],
  ["no-such-key"],
  ["io", string],
]);

/** Errors of today as those of then (Spin: `to_legacy_error`). */
function toError(payload: unknown): Variant {
  const today = payload as Variant;
  return today.tag === "other" ? { tag: "io", val: today.val } : today;
}

const fail = (tag: string): never => {
  throw new WitError<Variant>({ tag });
};

/** The import module `key-value`: stores are numbers, and a key that is not there is an error. */
export function spin1KeyValue({ Store }: KeyValue): HostFunctions {
  const stores = new Handles<OpenStore>();
  const opened = (handle: number): OpenStore => stores.get(handle) ?? fail("invalid-store");
  const none = result(undefined, error);
  return {
    open: fallible([string], result(u32, error), toError, async (label) => {
      if (stores.count >= mostStores) return fail("store-table-full");
      return stores.add(await Store.open(label));
    }),
    get: fallible([u32, string], result(bytes, error), toError, async (store, key) => {
      return (await opened(store).get(key)) ?? fail("no-such-key");
    }),
    set: fallible([u32, string, bytes], none, toError, (store, key, value) => opened(store).set(key, value)),
    delete: fallible([u32, string], none, toError, (store, key) => opened(store).delete(key)),
    exists: fallible([u32, string], result(bool, error), toError, (store, key) => opened(store).exists(key)),
    "get-keys": fallible([u32], result(list(string), error), toError, (store) => opened(store).getKeys()),
    close: { parameters: [u32], call: (store) => void stores.close(store as number) },
  };
}
