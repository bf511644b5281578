import type { DirectoryNode, FileNode, FileTreeNode } from "./file-tree.ts";
import { fileFailure } from "./wasi-filesystem-error.ts";

/**
 * What a descriptor of a read-only mount answers to every call that would write, as Wasmtime does for a directory that
 * was opened with `DirPerms::READ` and `FilePerms::READ`: first whether the call fits a file or a directory at all, then
 * that it is not permitted. Paths are not looked at.
 */
export abstract class ReadOnlyDescriptor {
  /** Kept from the outside: the generated glue sees the object, the guest never does. */
  readonly node: FileTreeNode;

  constructor(node: FileTreeNode) {
    this.node = node;
  }

  write(): never {
    this.file();
    throw fileFailure("not-permitted");
  }

  /** A stream that cannot be had is a bad descriptor to Wasmtime, not a lack of permission. */
  writeViaStream(): never {
    throw fileFailure("bad-descriptor");
  }

  appendViaStream(): never {
    throw fileFailure("bad-descriptor");
  }

  setSize(): never {
    this.file();
    throw fileFailure("not-permitted");
  }

  setTimes(): never {
    throw fileFailure("not-permitted");
  }

  createDirectoryAt(): never {
    return this.#refuseChange();
  }

  setTimesAt(): never {
    return this.#refuseChange();
  }

  removeDirectoryAt(): never {
    return this.#refuseChange();
  }

  symlinkAt(): never {
    return this.#refuseChange();
  }

  unlinkFileAt(): never {
    return this.#refuseChange();
  }

  linkAt(_oldPathFlags: unknown, _oldPath: string, newDescriptor: ReadOnlyDescriptor): never {
    return this.#refuseMove(newDescriptor);
  }

  renameAt(_oldPath: string, newDescriptor: ReadOnlyDescriptor): never {
    return this.#refuseMove(newDescriptor);
  }

  protected file(): FileNode {
    if (this.node.kind !== "file") throw fileFailure("bad-descriptor");
    return this.node;
  }

  protected directory(): DirectoryNode {
    if (this.node.kind !== "directory") throw fileFailure("not-directory");
    return this.node;
  }

  #refuseChange(): never {
    this.directory();
    throw fileFailure("not-permitted");
  }

  #refuseMove(target: ReadOnlyDescriptor): never {
    target.directory();
    return this.#refuseChange();
  }
}
