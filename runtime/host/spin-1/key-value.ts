import { WitError } from "../wit-error.ts";
import { Handles } from "./handles.ts";
import { inOldTerms } from "./old-terms.ts";

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

type KeyValueError =
  | { tag: "store-table-full" | "no-such-store" | "access-denied" | "invalid-store" | "no-such-key" }
  | { tag: "io"; val: string };

/** Stores that an instance may have open, as in Spin. */
const mostStores = 256;

/** Errors of today as those of then (Spin: `to_legacy_error`). */
function toError(payload: unknown): KeyValueError {
  const today = payload as { tag: "other"; val: string } | KeyValueError;
  return today.tag === "other" ? { tag: "io", val: today.val } : today;
}

const fail = (tag: Exclude<KeyValueError["tag"], "io">): never => {
  throw new WitError<KeyValueError>({ tag });
};

/** `fermyon:spin/key-value`: stores are numbers, and a key that is not there is an error. */
export function spin1KeyValue({ Store }: KeyValue) {
  const stores = new Handles<OpenStore>();
  const opened = (handle: number): OpenStore => stores.get(handle) ?? fail("invalid-store");
  const old = <Value>(ask: () => Promise<Value>): Promise<Value> => inOldTerms(toError, ask);
  return {
    open: (label: string) =>
      old(async () => {
        if (stores.count >= mostStores) return fail("store-table-full");
        return stores.add(await Store.open(label));
      }),
    get: (store: number, key: string) => old(async () => (await opened(store).get(key)) ?? fail("no-such-key")),
    set: (store: number, key: string, value: Uint8Array) => old(() => opened(store).set(key, value)),
    delete: (store: number, key: string) => old(() => opened(store).delete(key)),
    exists: (store: number, key: string) => old(() => opened(store).exists(key)),
    getKeys: (store: number) => old(() => opened(store).getKeys()),
    close: (store: number) => void stores.close(store),
  };
}
