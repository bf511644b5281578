import { ChangeListeners } from "./change-listeners.ts";
import type { KeyValueStores } from "./key-value.ts";

/** Key-value stores that live as long as the object. For tests, and for runs that shall leave nothing behind. */
export function createMemoryKeyValueStores(): KeyValueStores {
  const stores = new Map<string, Map<string, Uint8Array>>();
  const listeners = new ChangeListeners();

  const entriesOf = (label: string): Map<string, Uint8Array> => {
    const entries = stores.get(label) ?? new Map<string, Uint8Array>();
    stores.set(label, entries);
    return entries;
  };
  const write = (store: string, key: string, value: Uint8Array): void => {
    // A copy: the caller may go on to write into its array, and a reader gets one of its own for the same reason.
    entriesOf(store).set(key, value.slice());
    listeners.announce({ store, key });
  };

  return {
    get: async (store, key) => stores.get(store)?.get(key)?.slice(),
    set: async (store, key, value) => write(store, key, value),
    delete: async (store, key) => {
      stores.get(store)?.delete(key);
      listeners.announce({ store, key });
    },
    has: async (store, key) => stores.get(store)?.has(key) ?? false,
    keys: async (store) => [...(stores.get(store)?.keys() ?? [])].sort(),
    update: async (store, key, change) => {
      const value = change(stores.get(store)?.get(key)?.slice());
      if (value !== undefined) write(store, key, value);
    },
    watch: (listener) => listeners.add(listener),
  };
}
