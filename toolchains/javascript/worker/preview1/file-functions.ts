import { filetype } from "./descriptors.ts";
import type { Descriptors } from "./descriptors.ts";
import type { GuestMemory } from "./guest-memory.ts";
import { errno } from "./host-functions.ts";
import type { HostFunctions } from "./host-functions.ts";

/** All rights of preview 1: they are checked by nobody here. */
const allRights = 0x1fffffffn;
const seekFromHere = 1;
const seekFromEnd = 2;

/** Standard input, standard output and error, and files that can only be read. */
export function fileFunctions(
  memory: GuestMemory,
  descriptors: Descriptors,
  onOutput: (descriptor: number, text: string) => void,
): HostFunctions {
  const decoders = new Map([1, 2].map((descriptor) => [descriptor, new TextDecoder()]));

  const writeStat = (address: number, type: number, size: number): number => {
    memory.bytes(address, 64).fill(0);
    memory.setByte(address + 16, type);
    memory.setU64(address + 24, 1n);
    memory.setU64(address + 32, BigInt(size));
    return errno.success;
  };

  return {
    fd_read: (descriptor: number, start: number, count: number, result: number) => {
      const from = descriptors.get(descriptor);
      if (!from) return errno.badf;
      let total = 0;
      for (const target of memory.vectors(start, count)) {
        const chunk = from.content.subarray(from.position, from.position + target.length);
        target.set(chunk);
        from.position += chunk.length;
        total += chunk.length;
      }
      memory.setU32(result, total);
      return errno.success;
    },
    fd_write: (descriptor: number, start: number, count: number, result: number) => {
      const decoder = decoders.get(descriptor);
      if (!decoder) return errno.badf;
      let total = 0;
      for (const chunk of memory.vectors(start, count)) {
        onOutput(descriptor, decoder.decode(chunk, { stream: true }));
        total += chunk.length;
      }
      memory.setU32(result, total);
      return errno.success;
    },
    fd_seek: (descriptor: number, offset: bigint, whence: number, result: number) => {
      const entry = descriptors.get(descriptor);
      if (entry?.type !== filetype.regularFile) return errno.spipe;
      const base = whence === seekFromHere ? entry.position : whence === seekFromEnd ? entry.content.length : 0;
      entry.position = base + Number(offset);
      memory.setU64(result, BigInt(entry.position));
      return errno.success;
    },
    fd_close: (descriptor: number) => (descriptors.close(descriptor) ? errno.success : errno.badf),
    fd_fdstat_get: (descriptor: number, result: number) => {
      const entry = descriptors.get(descriptor);
      if (!entry) return errno.badf;
      memory.bytes(result, 24).fill(0);
      memory.setByte(result, entry.type);
      memory.setU64(result + 8, allRights);
      memory.setU64(result + 16, allRights);
      return errno.success;
    },
    fd_fdstat_set_flags: () => errno.success,
    fd_filestat_get: (descriptor: number, result: number) => {
      const entry = descriptors.get(descriptor);
      return entry ? writeStat(result, entry.type, entry.content.length) : errno.badf;
    },
    fd_prestat_get: (descriptor: number, result: number) => {
      const preopen = descriptors.get(descriptor)?.preopen;
      if (!preopen) return errno.badf;
      memory.setByte(result, 0);
      memory.setU32(result + 4, preopen.length);
      return errno.success;
    },
    fd_prestat_dir_name: (descriptor: number, start: number, length: number) => {
      const preopen = descriptors.get(descriptor)?.preopen;
      if (!preopen) return errno.badf;
      memory.bytes(start, length).set(preopen.subarray(0, length));
      return errno.success;
    },
    path_filestat_get: (folder: number, _lookup: number, start: number, length: number, result: number) => {
      const entry = descriptors.find(folder, memory.text(start, length));
      if (typeof entry === "string") return errnoOf[entry];
      return writeStat(result, entry.type, entry.content.length);
    },
    path_open: (
      folder: number,
      _lookup: number,
      start: number,
      length: number,
      _openFlags: number,
      _rights: bigint,
      _inheriting: bigint,
      _flags: number,
      result: number,
    ) => {
      const entry = descriptors.find(folder, memory.text(start, length));
      if (typeof entry === "string") return errnoOf[entry];
      memory.setU32(result, descriptors.add(entry));
      return errno.success;
    },
  };
}

const errnoOf = { "bad-folder": errno.badf, missing: errno.noent } as const;
