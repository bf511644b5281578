import type { ByteSource } from "../byte-stream.ts";
import type { InstanceContext } from "../context.ts";
import type { FileTreeNode } from "../file-tree.ts";
import type { HostInterfaces } from "../host-interface.ts";
import { Descriptor as Descriptor02, type DescriptorFlags, type OpenFlags } from "../wasi-filesystem-descriptor.ts";
import { FileStreamError } from "../wasi-filesystem-error.ts";
import { fileSource } from "../wasi-filesystem-source.ts";
import { type DescriptorStat, type DescriptorType, typeOf } from "../wasi-filesystem-stat.ts";
import type { Result } from "../wasi-http-types.ts";
import { type GuestStream, toComponentStream } from "./component-stream.ts";
import { asVariant } from "./variant-errors.ts";

type Done = Result<undefined, { tag: string }>;
type Type = { tag: DescriptorType };
interface DirectoryEntry {
  type: Type;
  name: string;
}

const ok: Done = { tag: "ok", val: undefined };
const mountPath = "/";

/** `wasi:filesystem/types.descriptor` of 0.3: what the one of 0.2 does, with streams and variants in the place of its own. */
class Descriptor {
  readonly #inner: Descriptor02;
  readonly #context: InstanceContext;

  constructor(node: FileTreeNode, context: InstanceContext) {
    this.#inner = new Descriptor02(node, context);
    this.#context = context;
  }

  readViaStream(offset: bigint): [AsyncIterable<Uint8Array>, Promise<Done>] {
    const { node } = this.#inner;
    if (node.kind !== "file") return [nothing(), failed("is-directory")];
    const source = fileSource(node.bytes, offset);
    return [toComponentStream(source, this.#context), Promise.resolve(outcome(source))];
  }

  writeViaStream(data: GuestStream): Promise<Done> {
    return refused(data);
  }

  appendViaStream(data: GuestStream): Promise<Done> {
    return refused(data);
  }

  readDirectory(): [Iterable<DirectoryEntry>, Promise<Done>] {
    const { node } = this.#inner;
    if (node.kind !== "directory") return [[], failed("not-directory")];
    const entries = [...node.entries].map(([name, entry]) => ({ type: { tag: typeOf(entry) }, name }));
    return [entries, Promise.resolve(ok)];
  }

  openAt(pathFlags: object, path: string, open: OpenFlags, flags: DescriptorFlags): Descriptor {
    return new Descriptor(asVariant(() => this.#inner.openAt(pathFlags, path, open, flags)).node, this.#context);
  }

  stat(): Omit<DescriptorStat, "type"> & { type: Type } {
    return asStat(this.#inner.stat());
  }

  statAt(pathFlags: object, path: string): Omit<DescriptorStat, "type"> & { type: Type } {
    return asStat(asVariant(() => this.#inner.statAt(pathFlags, path)));
  }

  getType(): Type {
    return { tag: this.#inner.getType() };
  }

  isSameObject(other: Descriptor): boolean {
    return this.#inner.isSameObject(other.#inner);
  }

  linkAt(pathFlags: object, path: string, target: Descriptor): never {
    return asVariant(() => this.#inner.linkAt(pathFlags, path, target.#inner));
  }

  renameAt(path: string, target: Descriptor): never {
    return asVariant(() => this.#inner.renameAt(path, target.#inner));
  }

  /** For what is the same but for its errors; see below. */
  static innerOf(descriptor: Descriptor): Descriptor02 {
    return descriptor.#inner;
  }
}

const sameAs02 = [
  "advise",
  "syncData",
  "getFlags",
  "setSize",
  "setTimes",
  "sync",
  "createDirectoryAt",
  "setTimesAt",
  "readlinkAt",
  "removeDirectoryAt",
  "symlinkAt",
  "unlinkFileAt",
  "metadataHash",
  "metadataHashAt",
] as const satisfies (keyof Descriptor02)[];

for (const name of sameAs02) {
  Object.defineProperty(Descriptor.prototype, name, {
    value(this: Descriptor, ...args: unknown[]): unknown {
      const inner = Descriptor.innerOf(this);
      const method = inner[name] as (...given: unknown[]) => unknown;
      return asVariant(() => method.apply(inner, args));
    },
  });
}

function asStat(stat: DescriptorStat): Omit<DescriptorStat, "type"> & { type: Type } {
  return { ...stat, type: { tag: stat.type } };
}

/** A file is in memory: whether it can be read from an offset is known before it is. */
function outcome({ failure }: ByteSource): Done {
  return failure instanceof FileStreamError ? { tag: "err", val: { tag: failure.code } } : ok;
}

/** As Wasmtime does it, and with the descriptor's own permission. */
function refused(data: GuestStream): Promise<Done> {
  data[Symbol.dispose]();
  return failed("not-permitted");
}

function failed(tag: string): Promise<Done> {
  return Promise.resolve({ tag: "err", val: { tag } });
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** `wasi:filesystem` of 0.3, as `wasiFilesystem` has it. */
export const wasiFilesystem03: HostInterfaces = {
  "wasi:filesystem/types@0.3": () => ({ Descriptor }),
  "wasi:filesystem/preopens@0.3": (context) => ({
    getDirectories: (): [Descriptor, string][] =>
      context.files === undefined ? [] : [[new Descriptor(context.files, context), mountPath]],
  }),
};
