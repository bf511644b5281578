import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createAutosave, retryAfter, type Autosave } from "./autosave.ts";
import { type Deferred, deferred } from "../../runtime/deferred.ts";
import { newRecord, type StoredWorkspace, type WorkspaceChange } from "./workspace-storage.ts";

type Call = { change: WorkspaceChange; end: Deferred<void> };
let calls: Call[];
let created: StoredWorkspace[];
let states: string[];
let autosave: Autosave;

const write = (path: string, content: string): WorkspaceChange => ({ write: { [path]: content }, remove: [] });
const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

beforeEach(() => {
  vi.useFakeTimers();
  calls = [];
  created = [];
  states = [];
  const storage = {
    save(_id: string, change: WorkspaceChange) {
      const end = deferred();
      calls.push({ change, end });
      return end.promise;
    },
    create(_id: string, workspace: StoredWorkspace) {
      created.push(workspace);
      return Promise.resolve();
    },
  };
  autosave = createAutosave(storage, (saved, error) => states.push(error === undefined ? saved : error.code));
});
afterEach(() => vi.useRealTimers());

describe("autosave", () => {
  it("puts together what comes during a save, and the last one wins", async () => {
    autosave.change("w", write("a", "1"));
    await settle();
    autosave.change("w", write("a", "2"));
    autosave.change("w", write("a", "3"));
    autosave.change("w", { write: {}, remove: ["b"] });
    await settle();
    expect(calls).toHaveLength(1);
    calls[0]?.end.resolve();
    await settle();
    expect(calls[1]?.change).toEqual({ write: { a: "3" }, remove: ["b"] });
    expect(states).toEqual(["saving"]);
    calls[1]?.end.resolve();
    await autosave.flush();
    expect(states).toEqual(["saving", "saved"]);
  });

  it("does not write a file that was removed after, nor remove one that was written after", async () => {
    autosave.change("w", write("a", "1"));
    autosave.change("w", { write: {}, remove: ["a", "b"] });
    autosave.change("w", write("b", "2"));
    await settle();
    expect(calls[0]?.change).toEqual({ write: { b: "2" }, remove: ["a"] });
  });

  it("keeps what could not be saved and tries again after a while", async () => {
    autosave.change("w", write("a", "1"));
    await settle();
    calls[0]?.end.reject(new Error("quota"));
    await autosave.flush();
    expect(states).toEqual(["saving", "store-unavailable"]);
    vi.advanceTimersByTime(retryAfter);
    await settle();
    expect(calls[1]?.change).toEqual(write("a", "1"));
    calls[1]?.end.resolve();
    await autosave.flush();
    expect(states.at(-1)).toBe("saved");
  });

  it("tries again at once when a newer change comes, with both", async () => {
    autosave.change("w", write("a", "1"));
    await settle();
    calls[0]?.end.reject(new Error("quota"));
    await autosave.flush();
    autosave.change("w", write("b", "2"));
    await settle();
    expect(calls[1]?.change).toEqual({ write: { a: "1", b: "2" }, remove: [] });
  });

  it("puts variables of several changes together, the last one winning", async () => {
    autosave.create("w", { files: {}, record: newRecord(true) });
    autosave.change("w", { write: {}, remove: [], variables: { a: "1" } });
    autosave.change("w", { write: {}, remove: [], variables: { a: "2" } });
    await autosave.flush();
    expect(created).toEqual([{ files: {}, record: newRecord(true), variables: { a: "2" } }]);
  });

  it("keeps a new workspace before its changes, and never mixes two workspaces", async () => {
    autosave.create("w", { files: { a: "1" }, record: newRecord(true) });
    autosave.change("w", write("b", "2"));
    autosave.create("x", { files: { c: "3" }, record: newRecord(true) });
    await autosave.flush();
    expect(created.map((workspace) => workspace.files)).toEqual([{ a: "1", b: "2" }, { c: "3" }]);
    expect(states).toEqual(["saving", "saved"]);
  });
});
