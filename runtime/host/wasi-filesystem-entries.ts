import type { DirectoryNode, FileTreeNode } from "./file-tree.ts";
import { type DescriptorType, typeOf } from "./wasi-filesystem-stat.ts";

export interface DirectoryEntry {
  type: DescriptorType;
  name: string;
}

/** `wasi:filesystem/types.directory-entry-stream`: the entries in the order of names, without `.` and `..`. */
export class DirectoryEntryStream {
  readonly #entries: Iterator<[string, FileTreeNode]>;

  constructor(directory: DirectoryNode) {
    this.#entries = directory.entries.entries();
  }

  /** `undefined` after the last one. */
  readDirectoryEntry(): DirectoryEntry | undefined {
    const { value, done } = this.#entries.next();
    if (done === true) return undefined;
    const [name, node] = value;
    return { type: typeOf(node), name };
  }
}
