import type { KeyValueStores } from "../stores/key-value.ts";
import type { InstanceContext } from "./context.ts";
import { awaitStore, checkStoreAccess, type StoreError } from "./fermyon-spin-store-access.ts";
import { wasiKeyvalueAtomics } from "./wasi-keyvalue-atomics.ts";
import { WitError } from "./wit-error.ts";

/** The answer of `list-keys`. There is never another page. */
interface KeyResponse {
  keys: string[];
  cursor: string | undefined;
}

/** The resource `bucket`: one store of the application, opened. */
export class Bucket {
  readonly #context: InstanceContext;
  readonly #stores: KeyValueStores;
  readonly label: string;

  constructor(context: InstanceContext, label: string) {
    this.#context = context;
    this.#stores = context.backEnds.keyValue;
    this.label = label;
  }

  get(key: string): Promise<Uint8Array | undefined> {
    return awaitStore(this.#context, this.#stores.get(this.label, key));
  }

  set(key: string, value: Uint8Array): Promise<void> {
    return awaitStore(this.#context, this.#stores.set(this.label, key, value));
  }

  delete(key: string): Promise<void> {
    return awaitStore(this.#context, this.#stores.delete(this.label, key));
  }

  exists(key: string): Promise<boolean> {
    return awaitStore(this.#context, this.#stores.has(this.label, key));
  }

  /** Like Spin, all keys at once; a cursor is refused with Spin's text. */
  async listKeys(cursor: string | undefined): Promise<KeyResponse> {
    if (cursor !== undefined) {
      throw new WitError<StoreError>({ tag: "other", val: "list_keys: cursor not supported" });
    }
    return { keys: await awaitStore(this.#context, this.#stores.keys(this.label)), cursor: undefined };
  }
}

/**
 * The three interfaces of `wasi:keyvalue@0.2.0-draft2`. A bucket opened in one may be handed to the others: its class is
 * the same for all of them.
 */
export function wasiKeyvalue(context: InstanceContext) {
  return {
    store: wasiKeyvalueStore(context),
    atomics: wasiKeyvalueAtomics(context),
    batch: wasiKeyvalueBatch(),
  };
}

/** `wasi:keyvalue/store`: the stores of `fermyon:spin/key-value`, with the same rules of access. */
function wasiKeyvalueStore(context: InstanceContext) {
  return {
    Bucket,
    open: async (identifier: string): Promise<Bucket> => {
      checkStoreAccess(context, identifier);
      return new Bucket(context, identifier);
    },
  };
}

/** `wasi:keyvalue/batch`. As the WIT allows, a failure in the middle leaves what was done before it. */
function wasiKeyvalueBatch() {
  return {
    /**
     * A pair for each key in the order asked, `none` where it is missing, as the WIT has it. (Spin's SQLite back end
     * leaves missing keys out and answers in key order; its other back ends do not.)
     */
    getMany: (bucket: Bucket, keys: string[]): Promise<[string, Uint8Array | undefined][]> =>
      Promise.all(keys.map(async (key): Promise<[string, Uint8Array | undefined]> => [key, await bucket.get(key)])),

    /** In order: of two pairs with the same key the later one stays. */
    setMany: async (bucket: Bucket, pairs: [string, Uint8Array][]): Promise<void> => {
      for (const [key, value] of pairs) await bucket.set(key, value);
    },

    deleteMany: async (bucket: Bucket, keys: string[]): Promise<void> => {
      for (const key of keys) await bucket.delete(key);
    },
  };
}
