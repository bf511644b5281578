import "fake-indexeddb/auto";
import { afterEach, describe, expect, it } from "vitest";
import { createIndexedDbKeyValueStores } from "./indexeddb-key-value.ts";
import type { KeyValueStores } from "./key-value.ts";
import { createMemoryKeyValueStores } from "./memory-key-value.ts";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

let databases = 0;
const backEnds: Record<string, () => KeyValueStores> = {
  memory: createMemoryKeyValueStores,
  IndexedDB: () => {
    databases += 1;
    const stores = createIndexedDbKeyValueStores(`contract-${databases}`);
    closers.push(() => stores.close());
    return stores;
  },
};

describe.each(Object.entries(backEnds))("key-value stores in %s", (_name, create) => {
  it("has nothing at first", async () => {
    const stores = create();
    expect(await stores.get("default", "k")).toBeUndefined();
    expect(await stores.has("default", "k")).toBe(false);
    expect(await stores.keys("default")).toEqual([]);
  });

  it("gives back what was set, and overwrites", async () => {
    const stores = create();
    await stores.set("default", "k", bytes(1, 2));
    await stores.set("default", "k", bytes(3));
    expect(await stores.get("default", "k")).toEqual(bytes(3));
    expect(await stores.has("default", "k")).toBe(true);
  });

  it("keeps empty values and empty keys", async () => {
    const stores = create();
    await stores.set("default", "", bytes());
    expect(await stores.get("default", "")).toEqual(bytes());
    expect(await stores.has("default", "")).toBe(true);
    expect(await stores.keys("default")).toEqual([""]);
  });

  it("stores the bytes of a view, not the buffer behind it, and copies them", async () => {
    const stores = create();
    const buffer = bytes(1, 2, 3, 4);
    const pending = stores.set("default", "k", buffer.subarray(1, 3));
    buffer.fill(9);
    await pending;
    const read = await stores.get("default", "k");
    expect(read).toEqual(bytes(2, 3));
    expect(read?.buffer.byteLength).toBe(2);
    read?.fill(7);
    expect(await stores.get("default", "k")).toEqual(bytes(2, 3));
  });

  it("deletes, and does not mind a missing key", async () => {
    const stores = create();
    await stores.set("default", "k", bytes(1));
    await stores.delete("default", "k");
    await stores.delete("default", "k");
    expect(await stores.has("default", "k")).toBe(false);
  });

  it("keeps labels apart, also where one begins like another", async () => {
    const stores = create();
    await stores.set("a", "k", bytes(1));
    await stores.set("ab", "x", bytes(2));
    await stores.set("b", "k", bytes(3));
    expect(await stores.keys("a")).toEqual(["k"]);
    expect(await stores.get("b", "k")).toEqual(bytes(3));
    await stores.delete("b", "k");
    expect(await stores.get("a", "k")).toEqual(bytes(1));
  });

  it("lists keys in their order", async () => {
    const stores = create();
    for (const key of ["b", "a", "ä", "B", "10", "9", "\u{1F600}", "\uFFFF"]) {
      await stores.set("default", key, bytes(0));
    }
    expect(await stores.keys("default")).toEqual(["10", "9", "B", "a", "b", "ä", "\u{1F600}", "\uFFFF"]);
  });

  it("updates without anything coming between", async () => {
    const stores = create();
    const increment = (): Promise<void> => stores.update("default", "n", (old) => bytes((old?.[0] ?? 0) + 1));
    await Promise.all(Array.from({ length: 20 }, increment));
    expect(await stores.get("default", "n")).toEqual(bytes(20));
  });

  it("leaves the value when an update has no new one", async () => {
    const stores = create();
    const changes: string[] = [];
    await stores.set("default", "k", bytes(1));
    stores.watch(({ key }) => changes.push(key));
    await stores.update("default", "k", () => undefined);
    await stores.update("default", "missing", () => undefined);
    expect(await stores.get("default", "k")).toEqual(bytes(1));
    expect(await stores.has("default", "missing")).toBe(false);
    expect(changes).toEqual([]);
  });

  it("passes on what an update throws, and writes nothing", async () => {
    const stores = create();
    const failure = new RangeError("not a number");
    await stores.set("default", "k", bytes(1));
    const pending = stores.update("default", "k", () => {
      throw failure;
    });
    await expect(pending).rejects.toBe(failure);
    expect(await stores.get("default", "k")).toEqual(bytes(1));
  });

  it("tells listeners of each change until they stop", async () => {
    const stores = create();
    const changes: string[] = [];
    const stop = stores.watch(({ store, key }) => changes.push(`${store}/${key}`));
    await stores.set("default", "a", bytes(1));
    await stores.update("other", "b", () => bytes(2));
    await stores.delete("default", "a");
    stop();
    await stores.set("default", "c", bytes(1));
    expect(changes).toEqual(["default/a", "other/b", "default/a"]);
  });
});
