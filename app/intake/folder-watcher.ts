import { type IncomingFile, requireFileSize } from "./incoming-file.ts";
import { manifestName } from "./project.ts";
import { folderOfHandle, readNamedFiles } from "./read-folder.ts";

/** By path what a file was like when it was looked at last: another text means another content. */
export type Snapshot = Readonly<Record<string, string>>;

export interface FolderChanges {
  write: Record<string, Uint8Array<ArrayBuffer>>;
  remove: string[];
  /** The folder after them. */
  snapshot: Snapshot;
}

export interface FolderWatcherOptions {
  handle: FileSystemDirectoryHandle;
  /** The folder as it is known already. */
  seen: Snapshot;
  /** Told of changes, one after the other; the next wait until it settles. */
  onChanges: (changes: FolderChanges) => Promise<void>;
  /** Told of a failure. Of one that ends the watching, as when the folder is gone, `isOver` is true. */
  onFault: (error: unknown, isOver: boolean) => void;
}

/** Milliseconds between two looks at a folder whose changes the browser does not tell. */
const lookEvery = 1_000;
/** The same for one whose changes it tells: the end of the folder itself it does not. */
const lookSeldom = 5_000;
/** A build that still writes is waited for: files are taken when two looks this far apart, in milliseconds, are alike. */
const restFor = 150;

/**
 * Watches what the manifest of a folder names, as `spin watch` does. The browser tells of changes where it has
 * `FileSystemObserver`; elsewhere the folder is looked at while the page is visible. Returns how to end it.
 */
export function watchFolder({ handle, seen: known, onChanges, onFault }: FolderWatcherOptions): () => void {
  const folder = folderOfHandle(handle);
  const over = new AbortController();
  let seen = known;
  let looking: Promise<void> | undefined;
  let again = false;

  const look = async (): Promise<void> => {
    let now = await readNamedFiles(folder);
    if (isSame(seen, snapshotOf(now.files))) return;
    for (let before: Snapshot; ;) {
      before = snapshotOf(now.files);
      await new Promise((resolve) => setTimeout(resolve, restFor));
      now = await readNamedFiles(folder);
      if (isSame(before, snapshotOf(now.files))) break;
    }
    const snapshot = snapshotOf(now.files);
    const old = seen;
    const write: FolderChanges["write"] = {};
    for (const file of now.files) {
      if (old[file.path] === snapshot[file.path]) continue;
      if (isTooLarge(file)) continue;
      write[file.path] = await file.bytes();
    }
    // What a manifest does not name any more is left alone, and so is all when it cannot be read at the moment.
    const remove = Object.keys(old).filter(
      (path) => snapshot[path] === undefined && path !== manifestName && now.names.names(path),
    );
    if (over.signal.aborted) return;
    await onChanges({ write, remove, snapshot });
    seen = snapshot;
  };

  const isTooLarge = (file: IncomingFile): boolean => {
    try {
      requireFileSize(file);
      return false;
    } catch (error) {
      onFault(error, false);
      return true;
    }
  };

  const check = (): void => {
    again = true;
    looking ??= (async () => {
      while (again && !over.signal.aborted) {
        again = false;
        try {
          await look();
        } catch (error) {
          if (over.signal.aborted) return;
          const isOver = await isGone(handle);
          if (isOver) over.abort();
          onFault(error, isOver);
        }
      }
    })().finally(() => (looking = undefined));
  };

  const poll = (every: number): void => {
    if (over.signal.aborted) return;
    const timer = setInterval(() => document.visibilityState === "visible" && check(), every);
    over.signal.addEventListener("abort", () => clearInterval(timer));
  };
  void observe(handle, check, over.signal).then((isTold) => poll(isTold ? lookSeldom : lookEvery));
  document.addEventListener("visibilitychange", check, { signal: over.signal });
  check();
  return () => over.abort();
}

/** Has the browser tell of changes; whether it does. */
async function observe(handle: FileSystemDirectoryHandle, onChange: () => void, signal: AbortSignal): Promise<boolean> {
  const { FileSystemObserver } = globalThis;
  if (FileSystemObserver === undefined) return false;
  const observer = new FileSystemObserver(onChange);
  signal.addEventListener("abort", () => observer.disconnect());
  try {
    await observer.observe(handle, { recursive: true });
    return true;
  } catch {
    // Not of this kind of folder: it is looked at then.
    return false;
  }
}

/** Whether the folder cannot be read any more: it was removed, or its permission taken back. */
async function isGone(handle: FileSystemDirectoryHandle): Promise<boolean> {
  try {
    await handle.keys().next();
    return false;
  } catch {
    return true;
  }
}

/** What files are like. Files that the manifest does not name may be among them. */
export function snapshotOf(files: readonly IncomingFile[]): Snapshot {
  return Object.fromEntries(files.map(({ path, size, modified }) => [path, `${modified} ${size}`]));
}

function isSame(a: Snapshot, b: Snapshot): boolean {
  const paths = Object.keys(a);
  return paths.length === Object.keys(b).length && paths.every((path) => a[path] === b[path]);
}

declare global {
  /** File System Observer, of Chromium 133 and newer. */
  var FileSystemObserver:
    | (new (callback: () => void) => {
        observe(handle: FileSystemHandle, options: { recursive: boolean }): Promise<void>;
        disconnect(): void;
      })
    | undefined;
}
