import type { GuestMemory } from "./guest-memory.ts";
import type { OpenDescriptor } from "./preview1-descriptors.ts";
import type { Datetime } from "./file-tree.ts";
import type { Descriptor } from "./wasi-filesystem-descriptor.ts";
import type { DescriptorStat, DescriptorType } from "./wasi-filesystem-stat.ts";

const unknownType = 0;
const types: Record<DescriptorType, number> = { directory: 3, "regular-file": 4 };
const statBytes = 64;

/** `filetype`. Standard streams are of none: no terminal, so that programs buffer what they write. */
export function fileType(open: OpenDescriptor): number {
  return open.kind === "file" ? typeNumber(open.descriptor.getType()) : unknownType;
}

export function typeNumber(type: DescriptorType): number {
  return types[type];
}

/** `filestat` of a file, or of a standard stream, of which nothing is known. The inode is Spin's: a hash of the object. */
export function writeFileStat(memory: GuestMemory, at: number, descriptor: Descriptor | undefined): void {
  if (descriptor === undefined) memory.bytes(at, statBytes).fill(0);
  else writeStat(memory, at, descriptor.stat(), descriptor.metadataHash().lower);
}

export function writeStat(memory: GuestMemory, at: number, stat: DescriptorStat, inode: bigint): void {
  memory.bytes(at, statBytes).fill(0);
  memory.setU64(at, 1n);
  memory.setU64(at + 8, inode);
  memory.setU8(at + 16, types[stat.type]);
  memory.setU64(at + 24, stat.linkCount);
  memory.setU64(at + 32, stat.size);
  memory.setU64(at + 40, nanoseconds(stat.dataAccessTimestamp));
  memory.setU64(at + 48, nanoseconds(stat.dataModificationTimestamp));
  memory.setU64(at + 56, nanoseconds(stat.statusChangeTimestamp));
}

function nanoseconds({ seconds, nanoseconds: rest }: Datetime): bigint {
  return seconds * 1_000_000_000n + BigInt(rest);
}
