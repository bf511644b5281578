import { PlaygroundError } from "../../runtime/errors.ts";
import { incomingFile, type IncomingFile, intakeLimits, tooMuch } from "./incoming-file.ts";
import { type ManifestNames, manifestNames } from "./manifest-names.ts";
import { isUnwanted, manifestName } from "./project.ts";

/** A folder of whatever interface of the browser. */
export interface Folder {
  readonly name: string;
  /** What is in it, once; rejects when it cannot be read. */
  entries(): Promise<{ name: string; folder?: Folder; file?: () => Promise<File> }[]>;
}

/** Which folders of a tree are entered, and which files are taken, by their paths. */
interface Filter {
  enters: (path: string) => boolean;
  takes: (path: string) => boolean;
}

/** All but what tools make, and of that what the manifest names: such folders can hold a hundred thousand files. */
const wholeProject = ({ mayHold, names }: ManifestNames): Filter => ({
  enters: (path) => !isUnwanted(path) || mayHold(path),
  takes: (path) => !isUnwanted(path) || names(path),
});

/** What `spin watch` looks at: what the manifest names, and itself. */
const namedOnly = ({ mayHold, anywhere, names }: ManifestNames): Filter => ({
  enters: (path) => mayHold(path) || (anywhere && !isUnwanted(path)),
  takes: (path) => path === manifestName || names(path),
});

/** Lists the files of a folder. Rejects with `file-invalid` or `limit-exceeded`. */
export const readFolder = async (folder: Folder): Promise<IncomingFile[]> => (await list(folder, wholeProject)).files;

/** Lists the files of a folder that its manifest names, and the manifest. Rejects as `readFolder`. */
export const readNamedFiles = (folder: Folder): Promise<{ files: IncomingFile[]; names: ManifestNames }> =>
  list(folder, namedOnly);

async function list(
  folder: Folder,
  filterOf: (names: ManifestNames) => Filter,
): Promise<{ files: IncomingFile[]; names: ManifestNames }> {
  const files: IncomingFile[] = [];
  const root = await entriesOf(folder);
  const manifest = await root.find(({ name }) => name === manifestName)?.file?.();
  const names = manifestNames(manifest === undefined ? "" : await manifest.text());
  const { enters, takes } = filterOf(names);
  const enter = async (entries: Awaited<ReturnType<Folder["entries"]>>, prefix: string): Promise<void> => {
    for (const { name, folder: inner, file } of entries) {
      const path = `${prefix}${name}`;
      if (inner !== undefined && enters(path)) await enter(await entriesOf(inner), `${path}/`);
      if (file === undefined || !takes(path)) continue;
      if (files.length >= intakeLimits.entries) {
        throw tooMuch(`${folder.name} has over ${intakeLimits.entries} files`, `${intakeLimits.entries} files`);
      }
      files.push(incomingFile(await file(), path));
    }
  };
  await enter(root, "");
  return { files, names };
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
