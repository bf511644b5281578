import type { InstanceContext } from "./context.ts";
import { errno, type Errno } from "./preview1-errno.ts";
import { Descriptor } from "./wasi-filesystem-descriptor.ts";

export interface StandardStream {
  readonly kind: "input" | "output";
}

export interface OpenFile {
  readonly kind: "file";
  readonly descriptor: Descriptor;
  /** Bytes from the beginning. */
  position: bigint;
  /** The path by which a preopened directory is known. */
  readonly preopen?: string;
}

export type OpenDescriptor = StandardStream | OpenFile;

/** Natively the limit is the process's; a guest that opens without end gets an error, not the tab's memory. */
const mostOpen = 1024;
const firstFree = 3;

/** The file descriptors of one instance: standard streams, the mounted directory as `/` if there is one, what it opens. */
export class DescriptorTable {
  readonly #open = new Map<number, OpenDescriptor>([
    [0, { kind: "input" }],
    [1, { kind: "output" }],
    [2, { kind: "output" }],
  ]);

  constructor(context: InstanceContext) {
    const { files } = context;
    if (!files) return;
    const descriptor = new Descriptor(files, context);
    this.#open.set(firstFree, { kind: "file", descriptor, position: 0n, preopen: "/" });
  }

  get(fd: number): OpenDescriptor | undefined {
    return this.#open.get(fd);
  }

  /** The file or directory, or the error of a number that is none. */
  file(fd: number): OpenFile | undefined {
    const found = this.#open.get(fd);
    return found?.kind === "file" ? found : undefined;
  }

  /** The number of the file, the lowest that is free; `undefined` when there are too many. */
  add(descriptor: Descriptor): number | undefined {
    if (this.#open.size >= mostOpen) return undefined;
    let fd = firstFree;
    while (this.#open.has(fd)) fd += 1;
    this.#open.set(fd, { kind: "file", descriptor, position: 0n });
    return fd;
  }

  close(fd: number): Errno {
    return this.#open.delete(fd) ? errno.success : errno.badf;
  }

  /** What `from` is becomes `to`, which is closed. */
  renumber(from: number, to: number): Errno {
    const moved = this.#open.get(from);
    if (moved === undefined || !this.#open.has(to)) return errno.badf;
    this.#open.delete(from);
    this.#open.set(to, moved);
    return errno.success;
  }
}
