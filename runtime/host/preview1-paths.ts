import type { GuestMemory } from "./guest-memory.ts";
import { utf8Bytes } from "./guest-memory.ts";
import type { DescriptorTable } from "./preview1-descriptors.ts";
import { errno, type Errno, outcome } from "./preview1-errno.ts";
import { typeNumber, writeStat } from "./preview1-stat.ts";
import type { Descriptor } from "./wasi-filesystem-descriptor.ts";
import { fileFailure } from "./wasi-filesystem-error.ts";

const openFlag = { create: 1, directory: 2, exclusive: 4, truncate: 8 } as const;
const fdFlag = { dataSync: 2, readSync: 8, sync: 16 } as const;
const followSymlink = 1;
const rightToWrite = 1n << 6n;
const entryBytes = 24;

/** What a program does with paths below an open directory (`path_*`, `fd_readdir`). */
export function pathFunctions(descriptors: DescriptorTable, memory: GuestMemory) {
  const at = (fd: number): Descriptor => {
    const file = descriptors.file(fd);
    if (file === undefined) throw fileFailure(descriptors.get(fd) === undefined ? "bad-descriptor" : "not-directory");
    return file.descriptor;
  };
  const path = (address: number, length: number): string => memory.text(address, length);
  const links = (flags: number) => ({ symlinkFollow: (flags & followSymlink) !== 0 });

  return {
    path_open: (
      fd: number,
      flags: number,
      address: number,
      length: number,
      open: number,
      base: bigint,
      _inheriting: bigint,
      fdFlags: number,
      result: number,
    ) =>
      outcome(() => {
        const opened = at(fd).openAt(
          links(flags),
          path(address, length),
          {
            create: (open & openFlag.create) !== 0,
            directory: (open & openFlag.directory) !== 0,
            exclusive: (open & openFlag.exclusive) !== 0,
            truncate: (open & openFlag.truncate) !== 0,
          },
          {
            read: true,
            // Programs ask for all rights of a directory; only for a file the right to write is the wish to do so.
            write: (base & rightToWrite) !== 0n && (open & openFlag.directory) === 0,
            fileIntegritySync: (fdFlags & fdFlag.sync) !== 0,
            dataIntegritySync: (fdFlags & fdFlag.dataSync) !== 0,
            requestedWriteSync: (fdFlags & fdFlag.readSync) !== 0,
          },
        );
        const number = descriptors.add(opened);
        if (number === undefined) return errno.mfile;
        memory.setU32(result, number);
        return errno.success;
      }),
    path_filestat_get: (fd: number, flags: number, address: number, length: number, result: number) =>
      outcome(() => {
        const [directory, name] = [at(fd), path(address, length)];
        const stat = directory.statAt(links(flags), name);
        writeStat(memory, result, stat, directory.metadataHashAt(links(flags), name).lower);
      }),
    path_readlink: (fd: number, address: number, length: number) =>
      outcome(() => at(fd).readlinkAt(path(address, length))),
    path_create_directory: (fd: number) => outcome(() => at(fd).createDirectoryAt()),
    path_filestat_set_times: (fd: number) => outcome(() => at(fd).setTimesAt()),
    path_link: (from: number, _flags: number, _address: number, _length: number, to: number) =>
      outcome(() => at(from).linkAt(undefined, "", at(to))),
    path_remove_directory: (fd: number) => outcome(() => at(fd).removeDirectoryAt()),
    path_rename: (from: number, _address: number, _length: number, to: number) =>
      outcome(() => at(from).renameAt("", at(to))),
    path_symlink: (_address: number, _length: number, fd: number) => outcome(() => at(fd).symlinkAt()),
    path_unlink_file: (fd: number) => outcome(() => at(fd).unlinkFileAt()),

    /** Entries from the `cookie`-th on, the last one perhaps cut: then the program asks again with more room. */
    fd_readdir: (fd: number, address: number, length: number, cookie: bigint, result: number): Errno =>
      outcome(() => {
        const buffer = memory.bytes(address, length);
        let used = 0;
        for (const [index, entry] of entriesOf(at(fd)).entries()) {
          if (BigInt(index) < BigInt.asUintN(64, cookie)) continue;
          if (used >= buffer.length) break;
          const bytes = writeEntry(entry, BigInt(index + 1));
          buffer.set(bytes.subarray(0, buffer.length - used), used);
          used += Math.min(bytes.length, buffer.length - used);
        }
        memory.setU32(result, used);
      }),
  };
}

interface Entry {
  name: string;
  type: number;
  inode: bigint;
}

/** With `.` and `..` first, which WASI 0.2 leaves out and Spin's adapter puts back. */
function entriesOf(directory: Descriptor): Entry[] {
  const stream = directory.readDirectory();
  const inode = (name: string): bigint => directory.metadataHashAt({}, name).lower;
  const type = typeNumber("directory");
  const entries: Entry[] = [
    { name: ".", type, inode: inode(".") },
    { name: "..", type, inode: 0n },
  ];
  for (let next = stream.readDirectoryEntry(); next !== undefined; next = stream.readDirectoryEntry()) {
    entries.push({ name: next.name, type: typeNumber(next.type), inode: inode(next.name) });
  }
  return entries;
}

/** `dirent`, followed by its name. */
function writeEntry({ name, type, inode }: Entry, next: bigint): Uint8Array {
  const text = utf8Bytes(name);
  const bytes = new Uint8Array(entryBytes + text.length);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, next, true);
  view.setBigUint64(8, inode, true);
  view.setUint32(16, text.length, true);
  view.setUint8(20, type);
  bytes.set(text, entryBytes);
  return bytes;
}
