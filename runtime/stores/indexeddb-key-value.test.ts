import "fake-indexeddb/auto";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { KeyValueChange } from "./change-listeners.ts";
import { createIndexedDbKeyValueStores, type ClosableKeyValueStores } from "./indexeddb-key-value.ts";

const opened: ClosableKeyValueStores[] = [];
function open(name: string): ClosableKeyValueStores {
  const stores = createIndexedDbKeyValueStores(name);
  opened.push(stores);
  return stores;
}

afterEach(() => {
  vi.restoreAllMocks();
  for (const stores of opened.splice(0)) stores.close();
});

describe("key-value stores in IndexedDB", () => {
  it("are seen by every object of the same name, and tell it of changes", async () => {
    const writer = open("shared");
    const reader = open("shared");
    const heard = new Promise<KeyValueChange>((resolve) => {
      reader.watch(resolve);
    });
    await writer.set("default", "k", Uint8Array.of(1));
    expect(await heard).toEqual({ store: "default", key: "k" });
    expect(await reader.get("default", "k")).toEqual(Uint8Array.of(1));
  });

  it("go on to write after their channel was closed", async () => {
    const stores = open("closed");
    stores.close();
    await stores.set("default", "k", Uint8Array.of(1));
    expect(await stores.get("default", "k")).toEqual(Uint8Array.of(1));
  });

  it("name a full disk", async () => {
    const stores = open("full");
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("no space", "QuotaExceededError");
    });
    await expect(stores.set("default", "k", Uint8Array.of(1))).rejects.toMatchObject({
      code: "store-unavailable",
      message: "The browser has no room left to store key-value data for this application (no space).",
    });
  });

  it("name a browser that refuses storage", async () => {
    vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("denied", "SecurityError");
    });
    await expect(open("refused").get("default", "k")).rejects.toMatchObject({
      code: "store-unavailable",
      message: "The browser does not let this application store data, as in some private modes (denied).",
    });
  });
});
