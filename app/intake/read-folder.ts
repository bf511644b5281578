import { PlaygroundError } from "../../runtime/errors.ts";
import { incomingFile, type IncomingFile, intakeLimits, tooMuch } from "./incoming-file.ts";
import { manifestNames } from "./manifest-names.ts";
import { isUnwanted, manifestName } from "./project.ts";

/** A folder of whatever interface of the browser. */
export interface Folder {
  readonly name: string;
  /** What is in it, once; rejects when it cannot be read. */
  entries(): Promise<{ name: string; folder?: Folder; file?: () => Promise<File> }[]>;
}

/**
 * Lists the files of a folder. Folders of what tools make are entered only where the manifest at its root names something in
 * them: they can hold a hundred thousand files. Rejects with `file-invalid` or `limit-exceeded`.
 */
export async function readFolder(folder: Folder): Promise<IncomingFile[]> {
  const files: IncomingFile[] = [];
  const root = await entriesOf(folder);
  const manifest = await root.find(({ name }) => name === manifestName)?.file?.();
  const names = manifestNames(manifest === undefined ? "" : await manifest.text());
  const enter = async (entries: Awaited<ReturnType<Folder["entries"]>>, prefix: string): Promise<void> => {
    for (const { name, folder: inner, file } of entries) {
      const path = `${prefix}${name}`;
      if (inner !== undefined && (!isUnwanted(path) || names.leadsTo(path))) {
        await enter(await entriesOf(inner), `${path}/`);
      } else if (file !== undefined && (!isUnwanted(path) || names.names(path))) {
        if (files.length >= intakeLimits.entries) {
          throw tooMuch(`${folder.name} has over ${intakeLimits.entries} files`, `${intakeLimits.entries} files`);
        }
        files.push(incomingFile(await file(), path));
      }
    }
  };
  await enter(root, "");
  return files;
}

/** A folder of the File System Access API, or of OPFS. */
export function folderOfHandle(handle: FileSystemDirectoryHandle): Folder {
  return {
    name: handle.name,
    async entries() {
      const entries: Awaited<ReturnType<Folder["entries"]>> = [];
      for await (const [name, child] of handle.entries()) {
        if (child.kind === "directory") entries.push({ name, folder: folderOfHandle(child) });
        else entries.push({ name, file: () => child.getFile() });
      }
      return entries;
    },
  };
}

/** A folder that was dropped (File and Directory Entries API, which all browsers have). */
export function folderOfEntry(entry: FileSystemDirectoryEntry): Folder {
  return {
    name: entry.name,
    async entries() {
      const reader = entry.createReader();
      const entries: FileSystemEntry[] = [];
      // A reader gives a hundred at a time, and none after the last.
      for (;;) {
        const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
        if (some.length === 0) break;
        entries.push(...some);
      }
      return entries.map((child) =>
        child.isDirectory
          ? { name: child.name, folder: folderOfEntry(child as FileSystemDirectoryEntry) }
          : { name: child.name, file: () => fileOf(child as FileSystemFileEntry) },
      );
    },
  };
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

async function entriesOf(folder: Folder): ReturnType<Folder["entries"]> {
  try {
    return await folder.entries();
  } catch (cause) {
    throw new PlaygroundError("file-invalid", `The folder ${folder.name} cannot be read: ${String(cause)}`, { cause });
  }
}
