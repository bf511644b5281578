import type { InstanceContext } from "./context.ts";
import { awaitStore, checkStoreAccess } from "./fermyon-spin-store-access.ts";

/** An open store, as jco wants the resource `store` of `fermyon:spin/key-value@2.0.0`. */
interface Store {
  get(key: string): Promise<Uint8Array | undefined>;
  set(key: string, value: Uint8Array): Promise<void>;
  /** A missing key is no error. */
  delete(key: string): Promise<void>;
  exists(key: string): Promise<boolean>;
  getKeys(): Promise<string[]>;
}

/**
 * `fermyon:spin/key-value@2.0.0`. Errors are `access-denied` and `no-such-store` when opening, and `other(text)` when
 * the browser refuses to store or read. Spin's `store-table-full` cannot happen: a request may open any number.
 */
export function fermyonSpinKeyValue(context: InstanceContext) {
  const stores = context.backEnds.keyValue;

  class OpenStore implements Store {
    readonly #label: string;

    private constructor(label: string) {
      this.#label = label;
    }

    static async open(label: string): Promise<OpenStore> {
      checkStoreAccess(context, label);
      return new OpenStore(label);
    }

    get(key: string): Promise<Uint8Array | undefined> {
      return awaitStore(context, stores.get(this.#label, key));
    }

    set(key: string, value: Uint8Array): Promise<void> {
      return awaitStore(context, stores.set(this.#label, key, value));
    }

    delete(key: string): Promise<void> {
      return awaitStore(context, stores.delete(this.#label, key));
    }

    exists(key: string): Promise<boolean> {
      return awaitStore(context, stores.has(this.#label, key));
    }

    getKeys(): Promise<string[]> {
      return awaitStore(context, stores.keys(this.#label));
    }
  }

  return { Store: OpenStore };
}
