import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createFakeStorage, type FakeStorage } from "./testing/fake-storage.ts";
import { createWorkspaceStorage, newRecord, type WorkspaceStorage } from "./workspace-storage.ts";

let database = 0;
let current: FakeStorage;
let storage: WorkspaceStorage;
const name = () => `test-${database}`;

beforeEach(() => {
  database += 1;
  current = createFakeStorage();
  storage = createWorkspaceStorage(name(), () => current);
});

describe("workspace storage", () => {
  it("knows no workspace at first", async () => {
    expect(storage.currentId()).toBeUndefined();
    expect(await storage.load("a")).toBeUndefined();
  });

  it("gives back what was created, in another session too", async () => {
    const files = { "spin.toml": "x", "dist/a.wasm": new Uint8Array([0, 1]), "src/a.ts": "" };
    await storage.create("a", { files, record: newRecord(true) });
    const again = createWorkspaceStorage(name(), () => current);
    expect(again.currentId()).toBe("a");
    expect(await again.load("a")).toEqual({ files, record: newRecord(true) });
  });

  it("keeps workspaces apart whose ids begin alike", async () => {
    await storage.create("a", { files: { one: "1" }, record: newRecord(true) });
    await storage.create("ab", { files: { two: "2" }, record: newRecord(true) });
    expect(storage.currentId()).toBe("ab");
    expect((await storage.load("a"))?.files).toEqual({ one: "1" });
  });

  it("writes, removes and keeps the record in one change", async () => {
    await storage.create("a", { files: { one: "1", two: "2" }, record: newRecord(true) });
    const record = { ...newRecord(false), stopped: true };
    await storage.save("a", { write: { two: "22", three: "3" }, remove: ["one"], record });
    expect(await storage.load("a")).toEqual({ files: { two: "22", three: "3" }, record });
  });

  it("keeps variables apart from files and record", async () => {
    await storage.create("a", { files: { one: "1" }, record: newRecord(true) });
    await storage.save("a", { write: {}, remove: [], variables: { token: "t" } });
    expect(await storage.load("a")).toEqual({
      files: { one: "1" },
      record: newRecord(true),
      variables: { token: "t" },
    });
    await storage.create("b", { files: {}, record: newRecord(true), variables: { token: "b" } });
    expect(await storage.load("b")).toMatchObject({ variables: { token: "b" } });
  });

  it("puts only the files of the change", async () => {
    await storage.create("a", { files: { big: new Uint8Array(1000), small: "1" }, record: newRecord(true) });
    const put = vi.spyOn(IDBObjectStore.prototype, "put");
    await storage.save("a", { write: { small: "2" }, remove: [] });
    expect(put.mock.calls.map(([value]) => value)).toEqual(["2"]);
    put.mockRestore();
  });

  it("fails with store-unavailable when the browser refuses", async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("Quota exceeded", "QuotaExceededError");
    });
    await expect(storage.save("a", { write: { x: "1" }, remove: [] })).rejects.toMatchObject({
      code: "store-unavailable",
      message: expect.stringContaining("Quota exceeded") as string,
    });
    put.mockRestore();
  });

  it("fails with store-unavailable when the browser has no storage at all", () => {
    const refusing = createWorkspaceStorage(name(), () => {
      throw new DOMException("Access is denied", "SecurityError");
    });
    expect(() => refusing.currentId()).toThrow(
      expect.objectContaining({
        code: "store-unavailable",
        message: expect.stringContaining("Access is denied") as string,
      }),
    );
  });

  it("does not make a workspace the current one that could not be kept", async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("Quota exceeded", "QuotaExceededError");
    });
    await expect(storage.create("a", { files: { x: "1" }, record: newRecord(true) })).rejects.toThrow("Quota");
    expect(storage.currentId()).toBeUndefined();
    put.mockRestore();
  });
});
