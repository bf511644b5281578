import type { FileTreeNode } from "./file-tree.ts";
import { DirectoryEntryStream } from "./wasi-filesystem-entries.ts";
import { fileFailure } from "./wasi-filesystem-error.ts";
import { resolvePath } from "./wasi-filesystem-path.ts";
import { ReadOnlyDescriptor } from "./wasi-filesystem-read-only.ts";
import { fileSource, isOffset, readAt } from "./wasi-filesystem-source.ts";
import {
  type DescriptorStat,
  type DescriptorType,
  metadataHashOf,
  type MetadataHash,
  statOf,
  typeOf,
} from "./wasi-filesystem-stat.ts";
import { InputStream } from "./wasi-io-input-stream.ts";
import type { Suspending } from "./wasi-io-poll.ts";

/** As jco represents WIT flags. */
type Flags<Name extends string> = { readonly [name in Name]?: boolean };
export type OpenFlags = Flags<"create" | "directory" | "exclusive" | "truncate">;
export type DescriptorFlags = Flags<
  "read" | "write" | "fileIntegritySync" | "dataIntegritySync" | "requestedWriteSync" | "mutateDirectory"
>;
/** There are no symbolic links to follow or not. */
type PathFlags = Flags<"symlinkFollow">;

/**
 * `wasi:filesystem/types.descriptor`: a file or a directory of a read-only mount. It has no state: offsets are the
 * caller's, and streams have their own. Answers are those of Wasmtime on Linux.
 */
export class Descriptor extends ReadOnlyDescriptor {
  readonly #context: Suspending;

  constructor(node: FileTreeNode, context: Suspending) {
    super(node);
    this.#context = context;
  }

  openAt(_pathFlags: PathFlags, path: string, open: OpenFlags, flags: DescriptorFlags): Descriptor {
    const directory = this.directory();
    // The order is Wasmtime's, since it decides which of several errors a guest gets.
    if (open.create || open.truncate || flags.write) throw fileFailure("not-permitted");
    if (flags.fileIntegritySync || flags.dataIntegritySync || flags.requestedWriteSync) {
      throw fileFailure("unsupported");
    }
    if (open.directory && open.exclusive) throw fileFailure("invalid");
    const node = resolvePath(directory, path);
    if (open.directory && node.kind !== "directory") throw fileFailure("not-directory");
    return new Descriptor(node, this.#context);
  }

  readViaStream(offset: bigint): InputStream {
    return new InputStream(fileSource(this.file().bytes, offset), this.#context);
  }

  /** Bytes, and whether the end was reached; as in Wasmtime that is known only when there are none left. */
  read(length: bigint, offset: bigint): [bytes: Uint8Array, ended: boolean] {
    const { bytes } = this.file();
    if (!isOffset(offset)) throw fileFailure("invalid");
    const read = readAt(bytes, offset, length);
    return [read, read.length === 0];
  }

  readDirectory(): DirectoryEntryStream {
    return new DirectoryEntryStream(this.directory());
  }

  stat(): DescriptorStat {
    return statOf(this.node);
  }

  statAt(_pathFlags: PathFlags, path: string): DescriptorStat {
    return statOf(resolvePath(this.directory(), path));
  }

  getType(): DescriptorType {
    return typeOf(this.node);
  }

  getFlags(): DescriptorFlags {
    return { read: true };
  }

  isSameObject(other: Descriptor): boolean {
    return this.node === other.node;
  }

  metadataHash(): MetadataHash {
    return metadataHashOf(this.node);
  }

  metadataHashAt(_pathFlags: PathFlags, path: string): MetadataHash {
    return metadataHashOf(resolvePath(this.directory(), path));
  }

  /** What exists is no symbolic link. */
  readlinkAt(path: string): never {
    resolvePath(this.directory(), path);
    throw fileFailure("invalid");
  }

  /** Everything is in memory: there is nothing to be advised of. */
  advise(): void {
    this.file();
  }

  /** Nothing is ever unwritten. */
  sync(): void {}

  syncData(): void {}
}
