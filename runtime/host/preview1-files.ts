import type { GuestMemory } from "./guest-memory.ts";
import { utf8Bytes } from "./guest-memory.ts";
import type { DescriptorTable, OpenDescriptor, OpenFile } from "./preview1-descriptors.ts";
import { errno, type Errno, outcome } from "./preview1-errno.ts";
import type { ProgramWorld } from "./preview1-process.ts";
import { fileType, writeFileStat } from "./preview1-stat.ts";
import { fileFailure } from "./wasi-filesystem-error.ts";

const whence = { set: 0, current: 1, end: 2 } as const;
const largestOffset = 2n ** 63n - 1n;
/** Buffers of one call, as on Linux (`IOV_MAX`). */
const mostVectors = 1024;
/** Bytes of one write; programs write the rest in a further one. */
const mostWritten = 1024 * 1024;
const nonBlocking = 4;
const rights = { read: 1n << 1n, write: 1n << 6n, all: 2n ** 64n - 1n } as const;

/** What a program does with open descriptors (`fd_*`). Mounted files are read-only; output goes to the program's world. */
export function descriptorFunctions(
  {
    descriptors,
    world,
    stderr,
  }: { descriptors: DescriptorTable; world: ProgramWorld; stderr: (bytes: Uint8Array) => void },
  memory: GuestMemory,
) {
  const withFile = (fd: number, use: (file: OpenFile) => Errno | void): Errno =>
    outcome(() => use(descriptors.file(fd) ?? notAFile(descriptors.get(fd))));
  const withSeekable = (fd: number, use: (file: OpenFile) => Errno | void): Errno =>
    isStandard(descriptors.get(fd)) ? errno.spipe : withFile(fd, use);
  const ifOpen = (fd: number): Errno => (descriptors.get(fd) === undefined ? errno.badf : errno.success);
  const notASocket = (fd: number): Errno => (descriptors.get(fd) === undefined ? errno.badf : errno.notsock);

  return {
    fd_close: (fd: number) => descriptors.close(fd),
    fd_renumber: (from: number, to: number) => descriptors.renumber(from, to),
    fd_advise: (fd: number) => withFile(fd, ({ descriptor }) => descriptor.advise()),
    fd_allocate: (fd: number) => withFile(fd, () => errno.notsup),
    fd_sync: ifOpen,
    fd_datasync: ifOpen,
    fd_fdstat_set_flags: (fd: number, flags: number) => ((flags & ~nonBlocking) === 0 ? ifOpen(fd) : errno.inval),
    fd_fdstat_set_rights: ifOpen,
    fd_filestat_set_size: (fd: number) => withFile(fd, ({ descriptor }) => descriptor.setSize()),
    fd_filestat_set_times: (fd: number) => withFile(fd, ({ descriptor }) => descriptor.setTimes()),

    fd_fdstat_get(fd: number, result: number): Errno {
      const found = descriptors.get(fd);
      if (found === undefined) return errno.badf;
      memory.bytes(result, 24).fill(0);
      memory.setU8(result, fileType(found));
      memory.setU64(result + 8, rightsOf(found));
      memory.setU64(result + 16, rights.all);
      return errno.success;
    },
    fd_filestat_get(fd: number, result: number): Errno {
      const found = descriptors.get(fd);
      if (found === undefined) return errno.badf;
      return outcome(() => writeFileStat(memory, result, found.kind === "file" ? found.descriptor : undefined));
    },
    fd_prestat_get(fd: number, result: number): Errno {
      const preopen = descriptors.file(fd)?.preopen;
      if (preopen === undefined) return errno.badf;
      memory.setU32(result, 0);
      memory.setU32(result + 4, utf8Bytes(preopen).length);
      return errno.success;
    },
    fd_prestat_dir_name(fd: number, address: number, length: number): Errno {
      const preopen = descriptors.file(fd)?.preopen;
      if (preopen === undefined) return errno.badf;
      const bytes = utf8Bytes(preopen);
      if (bytes.length > length >>> 0) return errno.nametoolong;
      memory.write(address, bytes);
      return errno.success;
    },

    fd_read(fd: number, vectors: number, count: number, result: number): Errno {
      const found = descriptors.get(fd);
      if (found === undefined || found.kind === "output") return errno.badf;
      const take = (length: number): Uint8Array => {
        if (found.kind !== "file") return world.stdin.take(length);
        const [bytes] = found.descriptor.read(BigInt(length), found.position);
        found.position += BigInt(bytes.length);
        return bytes;
      };
      return outcome(() => memory.setU32(result, fill(vectors, count, take)));
    },
    fd_pread: (fd: number, vectors: number, count: number, offset: bigint, result: number) =>
      withFile(fd, ({ descriptor }) => {
        let at = BigInt.asUintN(64, offset);
        const read = fill(vectors, count, (length) => {
          const [bytes] = descriptor.read(BigInt(length), at);
          at += BigInt(bytes.length);
          return bytes;
        });
        memory.setU32(result, read);
      }),
    fd_write(fd: number, vectors: number, count: number, result: number): Errno {
      const found = descriptors.get(fd);
      if (found === undefined || found.kind === "input") return errno.badf;
      if (found.kind === "file") return outcome(() => found.descriptor.write());
      const write = fd === 2 ? stderr : world.stdout;
      return outcome(() => {
        let written = 0;
        for (const [address, length] of readVectors(vectors, count)) {
          const taken = Math.min(length, mostWritten - written);
          if (taken > 0) write(memory.copy(address, taken));
          written += taken;
        }
        memory.setU32(result, written);
      });
    },
    fd_pwrite: (fd: number) => withFile(fd, ({ descriptor }) => descriptor.write()),

    fd_seek: (fd: number, offset: bigint, from: number, result: number) =>
      withSeekable(fd, (file) => {
        const base =
          from === whence.set
            ? 0n
            : from === whence.current
              ? file.position
              : from === whence.end
                ? sizeOf(file)
                : undefined;
        const target = base === undefined ? -1n : base + offset;
        if (target < 0n || target > largestOffset) return errno.inval;
        file.position = target;
        memory.setU64(result, target);
        return errno.success;
      }),
    fd_tell: (fd: number, result: number) => withSeekable(fd, ({ position }) => memory.setU64(result, position)),

    sock_accept: notASocket,
    sock_recv: notASocket,
    sock_send: notASocket,
    sock_shutdown: notASocket,
  };

  /** `iovec`: address and length of each buffer. */
  function readVectors(vectors: number, count: number): [address: number, length: number][] {
    if (count >>> 0 > mostVectors) throw fileFailure("invalid");
    return Array.from({ length: count }, (_, index) => {
      const at = (vectors >>> 0) + 8 * index;
      return [memory.u32(at), memory.u32(at + 4)];
    });
  }

  /** Fills buffers one after the other, as long as there are bytes; how many there were. */
  function fill(vectors: number, count: number, take: (length: number) => Uint8Array): number {
    let total = 0;
    for (const [address, length] of readVectors(vectors, count)) {
      for (let filled = 0; filled < length;) {
        const bytes = take(length - filled);
        if (bytes.length === 0) return total;
        memory.write(address + filled, bytes);
        filled += bytes.length;
        total += bytes.length;
      }
    }
    return total;
  }
}

function isStandard(found: OpenDescriptor | undefined): boolean {
  return found !== undefined && found.kind !== "file";
}

/** No descriptor at all, or a standard stream where a file is wanted. */
function notAFile(found: OpenDescriptor | undefined): never {
  throw found === undefined ? fileFailure("bad-descriptor") : fileFailure("invalid");
}

function sizeOf({ descriptor }: OpenFile): bigint {
  return descriptor.stat().size;
}

function rightsOf({ kind }: OpenDescriptor): bigint {
  if (kind === "input") return rights.read;
  return kind === "output" ? rights.write : rights.all & ~rights.write;
}
