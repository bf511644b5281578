/** The part of a `Storage` that the kernel uses. */
export type FakeStorage = Pick<Storage, "getItem" | "setItem">;

/** `localStorage` in memory. */
export function createFakeStorage(): FakeStorage {
  const entries = new Map<string, string>();
  return { getItem: (key) => entries.get(key) ?? null, setItem: (key, value) => void entries.set(key, value) };
}
