import { createStore, promisifyRequest } from "idb-keyval";
import { PlaygroundError } from "../errors.ts";
import { ChangeListeners, type ChangeListener, type KeyValueChange } from "./change-listeners.ts";
import type { KeyValueStores } from "./key-value.ts";
import { storageFailure } from "./storage-failure.ts";

/** Key-value stores that hold on to a channel until they are closed. */
export interface ClosableKeyValueStores extends KeyValueStores {
  /** Changes made elsewhere are heard no more. Reading and writing go on to work. */
  close(): void;
}

/**
 * All key-value stores of this origin, in one IndexedDB database with one object store. A key is `[label, key]`, so that
 * labels never mix. Every object made for the same name, in whatever thread of the origin, sees the same data and hears
 * of the others' changes. Failures are `PlaygroundError` with the code `store-unavailable`.
 */
export function createIndexedDbKeyValueStores(databaseName = "spin-key-value"): ClosableKeyValueStores {
  return new IndexedDbKeyValueStores(databaseName);
}

class IndexedDbKeyValueStores implements ClosableKeyValueStores {
  readonly #transact: ReturnType<typeof createStore>;
  readonly #listeners = new ChangeListeners();
  readonly #channel: BroadcastChannel;

  constructor(databaseName: string) {
    this.#transact = createStore(databaseName, "entries");
    this.#channel = new BroadcastChannel(`${databaseName}:changes`);
    this.#channel.addEventListener("message", (event: MessageEvent<KeyValueChange>) => {
      this.#listeners.announce(event.data);
    });
  }

  get(store: string, key: string): Promise<Uint8Array | undefined> {
    return this.#read((entries) => entries.get([store, key]) as IDBRequest<Uint8Array | undefined>);
  }

  has(store: string, key: string): Promise<boolean> {
    return this.#read((entries) => entries.count([store, key])).then((count) => count > 0);
  }

  async keys(store: string): Promise<string[]> {
    // In IndexedDB's order of keys an array sorts after every string: [label, []] follows all keys of the label.
    const range = IDBKeyRange.bound([store], [store, []]);
    const found = await this.#read((entries) => entries.getAllKeys(range));
    return found.map((key) => (key as [string, string])[1]);
  }

  async set(store: string, key: string, value: Uint8Array): Promise<void> {
    // A copy, since cloning a view for storage clones the whole buffer behind it.
    const bytes = value.slice();
    await this.#write(async (entries) => promisifyRequest(entries.put(bytes, [store, key])));
    this.#announce({ store, key });
  }

  async delete(store: string, key: string): Promise<void> {
    await this.#write(async (entries) => promisifyRequest(entries.delete([store, key])));
    this.#announce({ store, key });
  }

  async update(
    store: string,
    key: string,
    change: (old: Uint8Array | undefined) => Uint8Array | undefined,
  ): Promise<void> {
    let thrown: { error: unknown } | undefined;
    let changed = false;
    const pending = this.#write(
      (entries) =>
        new Promise<unknown>((resolve, reject) => {
          const reading = entries.get([store, key]) as IDBRequest<Uint8Array | undefined>;
          reading.addEventListener("error", () => reject(reading.error ?? new Error("The read failed.")));
          reading.addEventListener("success", () => {
            try {
              const value = change(reading.result);
              changed = value !== undefined;
              resolve(value === undefined ? value : promisifyRequest(entries.put(value.slice(), [store, key])));
            } catch (error) {
              // The caller's own failure: nothing is written, and it is passed on as it is below.
              thrown = { error };
              entries.transaction.abort();
              resolve(undefined);
            }
          });
        }),
    );
    await pending.catch((failure: unknown) => {
      throw thrown === undefined ? failure : thrown.error;
    });
    if (changed) this.#announce({ store, key });
  }

  watch(listener: ChangeListener): () => void {
    return this.#listeners.add(listener);
  }

  close(): void {
    this.#channel.close();
  }

  async #read<T>(ask: (entries: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    try {
      return await this.#transact("readonly", (entries) => promisifyRequest(ask(entries)));
    } catch (error) {
      throw storageFailure(error);
    }
  }

  /**
   * Settles when the transaction has completed: from then on the write survives a reload and is seen by others. `work`
   * waits for its request, since a failed request names its reason and the transaction, at that moment, does not yet.
   */
  async #write(work: (entries: IDBObjectStore) => Promise<unknown>): Promise<void> {
    try {
      await this.#transact("readwrite", async (entries) => {
        const completed = promisifyRequest(entries.transaction);
        await Promise.all([work(entries), completed]);
      });
    } catch (error) {
      throw storageFailure(error);
    }
  }

  #announce(change: KeyValueChange): void {
    this.#listeners.announce(change);
    try {
      this.#channel.postMessage(change);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "InvalidStateError")) {
        throw new PlaygroundError("internal", "A key-value change could not be announced.", { cause: error });
      }
      // The channel was closed: this object takes no part in announcing any more, and the write itself is done.
    }
  }
}
