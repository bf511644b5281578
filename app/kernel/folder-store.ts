import { createStore, del, get, set, type UseStore } from "idb-keyval";
import type { Snapshot } from "../intake/folder-watcher.ts";
import { PlaygroundError } from "../../runtime/errors.ts";

/** A folder of the person's disk that a workspace follows. */
export interface KeptFolder {
  handle: FileSystemDirectoryHandle;
  /** The folder as the workspace has it. */
  seen: Snapshot;
}

/** Which workspace follows which folder, across reloads. Rejects with `store-unavailable`. */
export interface FolderStore {
  get(workspaceId: string): Promise<KeptFolder | undefined>;
  put(workspaceId: string, folder: KeptFolder): Promise<void>;
  delete(workspaceId: string): Promise<void>;
}

/** In IndexedDB, the only place that keeps handles of folders. */
export function createFolderStore(): FolderStore {
  let store: UseStore | undefined;
  const use = async <T>(work: (opened: UseStore) => Promise<T>): Promise<T> => {
    try {
      store ??= createStore("spin-playground-folders", "folders");
      return await work(store);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new PlaygroundError("store-unavailable", `The browser did not keep the watched folder: ${reason}`, {
        cause,
      });
    }
  };
  return {
    get: (id) => use((opened) => get<KeptFolder>(id, opened)),
    put: (id, folder) => use((opened) => set(id, folder, opened)),
    delete: (id) => use((opened) => del(id, opened)),
  };
}
