/** `@spinframework/spin-kv`: key-value stores. Failures are thrown with `.payload.tag` as Spin names them. */
import { Store as WitStore } from "fermyon:spin/key-value@2.0.0";

/** An open key-value store. */
export interface Store {
  /** The value of a key, `null` when it has none. */
  get(key: string): Uint8Array | null;
  /** Stores bytes as they are, a string as UTF-8, any other object as JSON. */
  set(key: string, value: Uint8Array | string | object): void;
  /** Removing a key that is not there is no error. */
  delete(key: string): void;
  exists(key: string): boolean;
  getKeys(): string[];
  /** The value of a key read as JSON, `null` when the key has none. */
  getJson(key: string): any;
  setJson(key: string, value: any): void;
}

/** Opens the store with a label that the component's `key_value_stores` names. */
export function open(label: string): Store {
  return wrap(WitStore.open(label));
}

/** Opens the store `default`. */
export function openDefault(): Store {
  return open("default");
}

function wrap(store: WitStore): Store {
  const get = (key: string) => store.get(key) ?? null;
  const setJson = (key: string, value: unknown) => store.set(key, new TextEncoder().encode(JSON.stringify(value)));
  return {
    get,
    set(key, value) {
      if (value instanceof Uint8Array) store.set(key, value);
      else if (typeof value === "string") store.set(key, new TextEncoder().encode(value));
      else setJson(key, value);
    },
    delete: (key) => store.delete(key),
    exists: (key) => store.exists(key),
    getKeys: () => store.getKeys(),
    getJson(key) {
      const value = get(key);
      return value === null ? null : JSON.parse(new TextDecoder().decode(value));
    },
    setJson,
  };
}
