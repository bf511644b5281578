import { incomingFile, type IncomingFile } from "./incoming-file.ts";
import type { Dropped } from "./dropped.ts";
import { type Folder, folderOfEntry, readFolder } from "./read-folder.ts";

/** What was given at once: single files, or one folder with all in it. */
export interface Arrival {
  /** The folder's name, the file's name, or how many files there are; for messages. */
  name: string;
  files: IncomingFile[];
  isFolder: boolean;
}

/** Reads what was dropped. A folder among it counts alone. */
export function readDrop({ folder, files }: Dropped): Promise<Arrival> {
  return folder === undefined ? Promise.resolve(arrivalOfFiles(files)) : arrivalOfFolder(folderOfEntry(folder));
}

export async function arrivalOfFolder(folder: Folder): Promise<Arrival> {
  return { name: folder.name, files: await readFolder(folder), isFolder: true };
}

/** Files of an `<input>` or a drop; those of a folder (`webkitdirectory`) know their path in it. */
export function arrivalOfFiles(files: readonly File[]): Arrival {
  const isFolder = files.some(({ webkitRelativePath }) => webkitRelativePath !== "");
  const [first] = files;
  const folder = first?.webkitRelativePath.split("/")[0];
  const name = isFolder && folder ? folder : files.length === 1 && first ? first.name : `${files.length} files`;
  const incoming = files.map((file) => incomingFile(file, file.webkitRelativePath || file.name));
  return { name, files: incoming, isFolder };
}
