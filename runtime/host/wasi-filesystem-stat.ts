import type { Datetime, FileTreeNode } from "./file-tree.ts";

export type DescriptorType = "directory" | "regular-file";

export interface DescriptorStat {
  type: DescriptorType;
  linkCount: bigint;
  size: bigint;
  dataAccessTimestamp: Datetime;
  dataModificationTimestamp: Datetime;
  statusChangeTimestamp: Datetime;
}

export interface MetadataHash {
  lower: bigint;
  upper: bigint;
}

export function typeOf(node: FileTreeNode): DescriptorType {
  return node.kind === "file" ? "regular-file" : "directory";
}

/**
 * `descriptor-stat`. Native Spin copies the files when the application starts, and its timestamps are of that moment.
 * Here all three are the time at which the application was deployed: the same for all files, requests and workers and
 * after a reload, and a later one when a file was edited, so that what guests derive from it (`last-modified`) holds. The
 * size and link count of a directory, which natively depend on the disk, are 0 and 1.
 */
export function statOf(node: FileTreeNode): DescriptorStat {
  return {
    type: typeOf(node),
    linkCount: 1n,
    size: node.kind === "file" ? BigInt(node.bytes.length) : 0n,
    dataAccessTimestamp: node.time,
    dataModificationTimestamp: node.time,
    statusChangeTimestamp: node.time,
  };
}

const offsetBasis = 0xcbf29ce484222325n;
const prime = 0x100000001b3n;

/**
 * `metadata-hash-value`: differs for two objects of a mount, and for two contents of one file. Adapters for older guests
 * make inode numbers of it. FNV-1a, twice: nothing here has to stand against an attacker.
 */
export function metadataHashOf({ identity }: FileTreeNode): MetadataHash {
  const lower = fnv1a(identity, offsetBasis);
  return { lower, upper: fnv1a(identity, lower) };
}

function fnv1a(text: string, start: bigint): bigint {
  let hash = start;
  for (let at = 0; at < text.length; at++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * prime);
  }
  return hash;
}
