import { PlaygroundError } from "../../runtime/errors.ts";
import type { FolderChanges } from "../intake/folder-watcher.ts";
import type { Arrivals } from "./arrivals.ts";
import { asPlaygroundError } from "./as-playground-error.ts";
import type { Autosave } from "./autosave.ts";
import type { Check } from "./check.ts";
import { inputDigest, outputPath } from "./components.ts";
import type { KernelDependencies } from "./dependencies.ts";
import { digestOf } from "./digest.ts";
import type { FileContent } from "./file-content.ts";
import type { KeptFolder } from "./folder-store.ts";
import type { Runner } from "./runner.ts";
import type { StudioStore } from "./store.ts";
import type { Workspace } from "./workspace.ts";
import type { BuildRecord } from "./workspace-storage.ts";

/** Has a workspace follow a folder of the person's disk. What is edited in the studio is not written there. */
export interface WatchedFolder {
  /** Opens the folder as a workspace, and follows its changes from then on. Rejects as `Arrivals.take`. */
  watch(handle: FileSystemDirectoryHandle): Promise<void>;
  /** Goes on after a reload. Call it at a click: the browser may ask the person. Rejects with `store-unavailable`. */
  goOn(): Promise<void>;
  /** Follows it no more; the files stay. */
  stop(): Promise<void>;
}

export interface WatchedFolderContext {
  readonly store: StudioStore;
  readonly workspace: Workspace;
  readonly autosave: Autosave;
  readonly runner: Pick<Runner, "edited">;
  readonly arrivals: Pick<Arrivals, "take">;
  readonly folders: KernelDependencies["folders"];
  readonly loadIntake: KernelDependencies["loadIntake"];
  readonly check: (files: Readonly<Record<string, FileContent>>) => Promise<Check>;
}

export function createWatchedFolder(context: WatchedFolderContext): WatchedFolder {
  const { store, workspace, autosave, runner, arrivals, folders, loadIntake, check } = context;
  let end: (() => void) | undefined;
  const currentId = (): string => store.getState().workspace.id;
  const report = (error: unknown): void => {
    const { code, message } = asPlaygroundError(error, "internal");
    store.setState({ problem: { code, message } });
  };
  const leave = (): void => {
    end?.();
    end = undefined;
    store.setState({ watchedFolder: undefined });
  };

  const follow = async (id: string, { handle, seen }: KeptFolder): Promise<void> => {
    const { watchFolder } = await loadIntake();
    if (currentId() !== id) return;
    end?.();
    store.setState({ watchedFolder: { name: handle.name, paused: false } });
    end = watchFolder({
      handle,
      seen,
      async onChanges(changes) {
        if (currentId() !== id) return;
        await takeOver(changes);
        await folders.put(id, { handle, seen: changes.snapshot });
      },
      onFault(error, isOver) {
        if (currentId() !== id) return;
        report(error);
        if (isOver) store.setState({ watchedFolder: { name: handle.name, paused: true } });
      },
    });
  };

  const takeOver = async ({ write, remove }: FolderChanges): Promise<void> => {
    for (const path of remove) {
      if (store.getState().workspace.files[path] !== undefined) workspace.remove(path);
    }
    for (const [path, content] of Object.entries(write)) workspace.write(path, content);
    const builds = await builtOnDisk(write);
    if (Object.keys(builds).length > 0) workspace.updateRecord({ builds: { ...workspace.record.builds, ...builds } });
    runner.edited(0);
    await autosave.flush();
  };

  /** Wasm that was built there counts as built from what is there: nothing builds over it before the next edit. */
  const builtOnDisk = async (write: FolderChanges["write"]): Promise<Record<string, BuildRecord>> => {
    const { files } = store.getState().workspace;
    const checked = await check(files);
    if (!checked.ok) return {};
    const { application } = checked;
    const records: Record<string, BuildRecord> = {};
    for (const component of application.lockedApp.components) {
      const wasm = write[outputPath(component) ?? ""];
      if (wasm === undefined) continue;
      records[component.id] = { input: await inputDigest(application, component, files), output: await digestOf(wasm) };
    }
    return records;
  };

  /** Another workspace is open: the folder that it follows, if any, goes on by itself where the browser still permits it. */
  const turnTo = async (id: string): Promise<void> => {
    leave();
    const kept = await folders.get(id);
    if (kept === undefined || currentId() !== id || end !== undefined) return;
    if ((await kept.handle.queryPermission({ mode: "read" })) === "granted") await follow(id, kept);
    else if (currentId() === id) store.setState({ watchedFolder: { name: kept.handle.name, paused: true } });
  };
  store.subscribe(({ workspace: now }, { workspace: before }) => {
    if (now.id !== before.id) turnTo(now.id).catch(report);
  });

  return {
    async watch(handle) {
      const { arrivalOfFolder, folderOfHandle, snapshotOf } = await loadIntake();
      const arrival = arrivalOfFolder(folderOfHandle(handle));
      await arrivals.take(arrival);
      const id = currentId();
      const kept = { handle, seen: snapshotOf((await arrival).files) };
      await folders.put(id, kept);
      await follow(id, kept);
    },
    async goOn() {
      const id = currentId();
      const kept = await folders.get(id);
      if (kept === undefined)
        throw new PlaygroundError("store-unavailable", "The watched folder is not kept any more.");
      if ((await kept.handle.requestPermission({ mode: "read" })) === "granted") await follow(id, kept);
    },
    async stop() {
      leave();
      await folders.delete(currentId());
    },
  };
}

declare global {
  interface FileSystemHandle {
    /** Chromium (File System Access). */
    queryPermission(descriptor: { mode: "read" | "readwrite" }): Promise<PermissionState>;
    requestPermission(descriptor: { mode: "read" | "readwrite" }): Promise<PermissionState>;
  }
}
