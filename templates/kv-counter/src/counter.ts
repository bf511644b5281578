import { openDefault } from "@spinframework/spin-kv";

/** Keys of the store: one for each path. */
const prefix = "views:";

/** Adds one to the views of a path and returns how many there are now. */
export function countView(path: string): number {
  const store = openDefault();
  const views = readCount(store.get(prefix + path)) + 1;
  store.set(prefix + path, String(views));
  return views;
}

/** Views by path. */
export function counts(): Record<string, number> {
  const store = openDefault();
  const keys = store.getKeys().filter((key) => key.startsWith(prefix));
  return Object.fromEntries(keys.sort().map((key) => [key.slice(prefix.length), readCount(store.get(key))]));
}

/** Forgets all views. */
export function reset(): void {
  const store = openDefault();
  for (const key of store.getKeys()) {
    if (key.startsWith(prefix)) store.delete(key);
  }
}

function readCount(value: Uint8Array | null): number {
  return value === null ? 0 : Number(new TextDecoder().decode(value));
}
