import { createStore, type UseStore } from "idb-keyval";
import { PlaygroundError } from "../../runtime/errors.ts";
import type { Limits } from "../../runtime/protocol.ts";
import type { FileContent } from "./file-content.ts";

/** A workspace as it is kept: its files, and beside them what is not a file. */
export interface StoredWorkspace {
  files: Record<string, FileContent>;
  record: WorkspaceRecord;
  /**
   * Values of application variables; absent before the first was given. An entry of their own, since files and settings may
   * be shared or exported one day, and these may be secret.
   */
  variables?: Readonly<Record<string, string>>;
}

/** What a workspace holds beside its files. Small: it is rewritten whole. */
export interface WorkspaceRecord {
  autoRun: boolean;
  /** Absent before one was chosen. */
  profile?: string;
  limits: Partial<Limits>;
  /** What each component was last built from and to, by component id. */
  builds: Record<string, BuildRecord>;
  /** The application that was deployed last; absent before the first deploy. */
  deployed?: DeployedRecord;
  /** The person stopped the application: a reload does not start it. */
  stopped: boolean;
  /** Open editor tabs; absent before the first was opened or closed. */
  tabs?: { open: string[]; active: string | undefined };
  /** The workspace that was open before this one; absent for the first. */
  previous?: string;
}

/** Both are `sha256:…`; a component is up to date when its inputs and its Wasm still have these digests. */
export interface BuildRecord {
  input: string;
  output: string;
  /** Mounted files that are sources too, see `inputDigest`; absent when the toolchain did not say. */
  read?: string[];
}

export interface DeployedRecord {
  /** Digest over everything that was deployed. */
  identity: string;
  name: string;
  keyValueStores: string[];
  components: string[];
  /** Digest over the files that it was made from, and the paths of those that were built, which are not among them. */
  sources: string;
  built: string[];
  /** What Spin prints when it serves it, a line each; missing in records of an older studio. */
  listing?: string[];
}

/** One save: the files that changed, and record and variables when they did. */
export interface WorkspaceChange {
  write: Record<string, FileContent>;
  remove: string[];
  record?: WorkspaceRecord;
  variables?: StoredWorkspace["variables"];
}

/** Where workspaces are kept. Every failure is a `store-unavailable` error. */
export interface WorkspaceStorage {
  /** Known at once, so that the page can begin to open the workspace before anything else. */
  currentId(): string | undefined;
  load(id: string): Promise<StoredWorkspace | undefined>;
  /** Keeps a new workspace in one transaction, and then makes it the current one. */
  create(id: string, workspace: StoredWorkspace): Promise<void>;
  /** Makes a workspace that is kept the current one. */
  select(id: string): void;
  /** Applies a change in one transaction; returns when it is durable. */
  save(id: string, change: WorkspaceChange): Promise<void>;
}

const currentKey = "spin-playground-workspace";
const recordKey = (id: string): IDBValidKey => ["record", id];
const variablesKey = (id: string): IDBValidKey => ["variables", id];
/** Each file is an entry of its own, so that a keystroke does not rewrite built Wasm of many megabytes. */
const fileKey = (id: string, path: string): IDBValidKey => ["file", id, path];

/** Workspaces in IndexedDB, on the studio's origin; which one is open, in `localStorage`. */
export function createWorkspaceStorage(
  database = "spin-playground-workspaces",
  // A function, since a browser that stores nothing refuses the property itself.
  current: () => Pick<Storage, "getItem" | "setItem"> = () => localStorage,
): WorkspaceStorage {
  const storing = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw unavailable(error);
    }
  };
  // The connection is made at the first use, within the error mapping.
  let store: UseStore | undefined;
  const use = async <T>(mode: IDBTransactionMode, callback: (store: IDBObjectStore) => Promise<T> | T): Promise<T> => {
    try {
      store ??= createStore(database, "workspaces");
      return await store(mode, callback);
    } catch (error) {
      throw unavailable(error);
    }
  };

  return {
    currentId: () => storing(() => current().getItem(currentKey) ?? undefined),
    load: (id) =>
      use("readonly", async (entries) => {
        const range = IDBKeyRange.bound(["file", id], ["file", id, []]);
        const [record, variables, keys, contents] = await Promise.all([
          result<WorkspaceRecord | undefined>(entries.get(recordKey(id))),
          result<StoredWorkspace["variables"] | undefined>(entries.get(variablesKey(id))),
          result(entries.getAllKeys(range)),
          result<FileContent[]>(entries.getAll(range)),
        ]);
        if (record === undefined) return undefined;
        const paths = (keys as [kind: string, id: string, path: string][]).map(([, , path]) => path);
        const files = Object.fromEntries(paths.map((path, index) => [path, contents[index] ?? ""]));
        return { record, files, ...(variables === undefined ? {} : { variables }) };
      }),
    async create(id, { files, record, variables }) {
      await use("readwrite", (entries) => {
        for (const [path, content] of Object.entries(files)) entries.put(content, fileKey(id, path));
        entries.put(record, recordKey(id));
        if (variables !== undefined) entries.put(variables, variablesKey(id));
        return completed(entries.transaction);
      });
      storing(() => current().setItem(currentKey, id));
    },
    select: (id) => storing(() => current().setItem(currentKey, id)),
    save: (id, { write, remove, record, variables }) =>
      use("readwrite", (entries) => {
        for (const path of remove) entries.delete(fileKey(id, path));
        for (const [path, content] of Object.entries(write)) entries.put(content, fileKey(id, path));
        if (record !== undefined) entries.put(record, recordKey(id));
        if (variables !== undefined) entries.put(variables, variablesKey(id));
        return completed(entries.transaction);
      }),
  };
}

/** A workspace that nothing was built or deployed in. */
export function newRecord(autoRun: boolean): WorkspaceRecord {
  return { autoRun, limits: {}, builds: {}, stopped: false };
}

function unavailable(cause: unknown): PlaygroundError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PlaygroundError("store-unavailable", `The browser did not keep the workspace: ${reason}`, { cause });
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("The request failed.")));
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => reject(transaction.error ?? new Error("The transaction was ended.")));
  });
}
