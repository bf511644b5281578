/** What a drop holds, before anything of it is read. */
export interface Dropped {
  folder: FileSystemDirectoryEntry | undefined;
  files: File[];
}

/** Takes what was dropped. In the event itself, since a browser empties the `DataTransfer` after it. */
export function dropped({ items, files }: DataTransfer): Dropped {
  const entries = [...items].filter(({ kind }) => kind === "file").map((item) => item.webkitGetAsEntry());
  const folder = entries.find((entry): entry is FileSystemDirectoryEntry => entry?.isDirectory === true);
  return { folder, files: [...files] };
}
