import { beforeEach, describe, expect, it, vi } from "vitest";
import { createStudioStore, type StudioStore } from "./store.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";
import { newRecord } from "./workspace-storage.ts";

const autosave = { create: vi.fn(), change: vi.fn(), flush: vi.fn() };
let store: StudioStore;
let workspace: Workspace;
const files = () => store.getState().workspace.files;
const paths = () => Object.keys(files()).sort();

beforeEach(() => {
  vi.clearAllMocks();
  store = createStudioStore();
  workspace = createWorkspace(store, autosave);
  workspace.show("w", {
    files: { "spin.toml": "m", "src/a.ts": "a", "src/lib/b.ts": "b" },
    record: { ...newRecord(true), builds: { c: { input: "1", output: "2" } } },
  });
});

describe("workspace", () => {
  it("writes into the state and saves that file alone", () => {
    expect(workspace.write("/src/a.ts", "new")).toBe(true);
    expect(files()["src/a.ts"]).toBe("new");
    expect(autosave.change).toHaveBeenCalledExactlyOnceWith("w", { write: { "src/a.ts": "new" }, remove: [] });
  });

  it("does nothing for the same text", () => {
    expect(workspace.write("src/a.ts", "a")).toBe(false);
    expect(autosave.change).not.toHaveBeenCalled();
  });

  it("copies bytes it is given", () => {
    const bytes = new Uint8Array([0, 1]);
    workspace.write("x.bin", bytes);
    bytes[1] = 9;
    expect(files()["x.bin"]).toEqual(new Uint8Array([0, 1]));
  });

  it("refuses to write where a folder is, and to add what is there", () => {
    expect(() => workspace.write("src", "x")).toThrow("is a folder");
    expect(() => workspace.add("spin.toml", "x")).toThrow("already");
    expect(files()["spin.toml"]).toBe("m");
  });

  it("removes a file or a whole folder", () => {
    workspace.remove("src");
    expect(paths()).toEqual(["spin.toml"]);
    expect(autosave.change).toHaveBeenCalledWith("w", { write: {}, remove: ["src/a.ts", "src/lib/b.ts"] });
    expect(() => workspace.remove("src")).toThrow(expect.objectContaining({ code: "file-not-found" }));
  });

  it("renames a folder, also into itself or out of itself", () => {
    workspace.rename("src", "source");
    expect(paths()).toEqual(["source/a.ts", "source/lib/b.ts", "spin.toml"]);
    workspace.rename("source/lib", "source/lib/inner");
    expect(paths()).toEqual(["source/a.ts", "source/lib/inner/b.ts", "spin.toml"]);
    expect(files()["source/lib/inner/b.ts"]).toBe("b");
  });

  it("refuses to rename onto another file and changes nothing", () => {
    expect(() => workspace.rename("src/a.ts", "spin.toml")).toThrow("already");
    expect(() => workspace.rename("src", "spin.toml/src")).toThrow("is a file");
    expect(paths()).toEqual(["spin.toml", "src/a.ts", "src/lib/b.ts"]);
  });

  it("keeps a new workspace whole or not at all", () => {
    expect(() => workspace.create("n", { "a/b": "1", a: "2" })).toThrow(
      expect.objectContaining({ code: "file-invalid" }),
    );
    expect(store.getState().workspace.id).toBe("w");
    workspace.create("n", { "./a": new TextEncoder().encode("text") });
    expect(store.getState().workspace).toMatchObject({ id: "n", files: { a: "text" } });
    expect(workspace.record.builds).toEqual({});
    expect(autosave.create).toHaveBeenCalledOnce();
  });

  it("saves built files together with what they were built from", () => {
    const builds = { c: { input: "3", output: "4" } };
    workspace.place({ "dist/c.wasm": new Uint8Array([1]) }, { builds });
    expect(autosave.change).toHaveBeenCalledExactlyOnceWith("w", {
      write: { "dist/c.wasm": new Uint8Array([1]) },
      remove: [],
      record: { ...newRecord(true), builds },
    });
    expect(workspace.record.builds).toEqual(builds);
  });
});
