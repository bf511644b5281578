import type { InstanceContext } from "../context.ts";
import { fermyonSpinKeyValue } from "../fermyon-spin-key-value.ts";
import type { StoreError } from "../fermyon-spin-store-access.ts";
import type { Result } from "../wasi-http-types.ts";
import { WitError } from "../wit-error.ts";

type Store = Awaited<ReturnType<ReturnType<typeof fermyonSpinKeyValue>["Store"]["open"]>>;

/**
 * `spin:key-value/key-value@3.0.0`: the stores of `fermyon:spin/key-value@2.0.0`, all of whose functions are `async`. Keys
 * come as a stream, with a future that says whether it has all of them.
 */
export function spinKeyValue3(context: InstanceContext) {
  const stores = fermyonSpinKeyValue(context).Store;

  class OpenStore {
    readonly #store: Store;

    private constructor(store: Store) {
      this.#store = store;
    }

    static async open(label: string): Promise<OpenStore> {
      return new OpenStore(await stores.open(label));
    }

    get(key: string): Promise<Uint8Array | undefined> {
      return this.#store.get(key);
    }

    set(key: string, value: Uint8Array): Promise<void> {
      return this.#store.set(key, value);
    }

    delete(key: string): Promise<void> {
      return this.#store.delete(key);
    }

    exists(key: string): Promise<boolean> {
      return this.#store.exists(key);
    }

    async getKeys(): Promise<[keys: string[], outcome: Promise<Result<undefined, StoreError>>]> {
      try {
        return [await this.#store.getKeys(), Promise.resolve({ tag: "ok", val: undefined })];
      } catch (error) {
        if (!(error instanceof WitError)) throw error;
        return [[], Promise.resolve({ tag: "err", val: error.payload as StoreError })];
      }
    }
  }

  return { Store: OpenStore };
}
