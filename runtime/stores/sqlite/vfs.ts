import type { Sqlite3Static } from "@sqlite.org/sqlite-wasm";
import { BlockFile } from "./block-file.ts";
import { FileLocks, lockState } from "./file-locks.ts";

/** A file as SQLite sees it. Only the databases themselves are stored; journals and temporary files live as long as the thread. */
export interface VfsFile {
  readonly content: BlockFile;
  readonly locks: FileLocks;
}

export const vfsName = "spin-blocks";

/**
 * Adds a virtual file system whose files are in memory, and returns them by path. SQLite asks for bytes and gets them
 * without waiting, which IndexedDB cannot do; so a file is loaded before a statement, and stored after it.
 * A file may have `maxBytes`, then the database is full. See https://sqlite.org/vfs.html.
 */
export function installVfs(sqlite3: Sqlite3Static, maxBytes: number): Map<string, VfsFile> {
  const { capi, wasm } = sqlite3;
  const files = new Map<string, VfsFile>();
  const open = new Map<number, { file: VfsFile; path: string; deleteOnClose: boolean }>();

  const fileOf = (handle: number): VfsFile => {
    const found = open.get(handle);
    if (!found) throw new Error("SQLite used a file that is not open.");
    return found.file;
  };
  const bytesAt = (pointer: number, length: number): Uint8Array => wasm.heap8u().subarray(pointer, pointer + length);
  const pathAt = (name: number): string => wasm.cstrToJs(name) ?? "";
  const writeInt = (pointer: number, value: number): void => void wasm.poke32(pointer, value);

  const ioMethods = new capi.sqlite3_io_methods();
  // The typings have the first version of the struct's fields without their prefix.
  Object.assign(ioMethods, { $iVersion: 1 });
  const vfs = new capi.sqlite3_vfs();
  vfs.$iVersion = 2;
  // An open file has nothing but the pointer to its methods.
  vfs.$szOsFile = 8;
  vfs.$mxPathname = 512;
  useDefaultRandomness(sqlite3, vfs);

  sqlite3.vfs.installVfs({
    io: {
      struct: ioMethods,
      methods: {
        xClose(handle) {
          const closed = open.get(handle);
          closed?.file.locks.unlock(handle, lockState.none);
          open.delete(handle);
          if (closed?.deleteOnClose) files.delete(closed.path);
          return capi.SQLITE_OK;
        },
        xRead(handle, into, length, offset) {
          const bytes = bytesAt(into, length);
          const read = fileOf(handle).content.read(bytes, int64(offset));
          if (read === length) return capi.SQLITE_OK;
          bytes.fill(0, read);
          return capi.SQLITE_IOERR_SHORT_READ;
        },
        xWrite(handle, from, length, offset) {
          if (int64(offset) + length > maxBytes) return capi.SQLITE_FULL;
          fileOf(handle).content.write(bytesAt(from, length), int64(offset));
          return capi.SQLITE_OK;
        },
        xTruncate(handle, size) {
          fileOf(handle).content.truncate(int64(size));
          return capi.SQLITE_OK;
        },
        xSync: () => capi.SQLITE_OK,
        xFileSize(handle, out) {
          wasm.poke64(out, BigInt(fileOf(handle).content.size));
          return capi.SQLITE_OK;
        },
        xLock: (handle, state) => (fileOf(handle).locks.lock(handle, state) ? capi.SQLITE_OK : capi.SQLITE_BUSY),
        xUnlock(handle, state) {
          fileOf(handle).locks.unlock(handle, state);
          return capi.SQLITE_OK;
        },
        xCheckReservedLock(handle, out) {
          writeInt(out, fileOf(handle).locks.isReserved ? 1 : 0);
          return capi.SQLITE_OK;
        },
        xFileControl: () => capi.SQLITE_NOTFOUND,
        xDeviceCharacteristics: () => 0,
      },
    },
    vfs: {
      struct: vfs,
      name: vfsName,
      methods: {
        xOpen(_vfs, name, handle, flags, outFlags) {
          // A temporary file has no name.
          const path = wasm.cstrToJs(name) ?? `temporary:${handle}`;
          let file = files.get(path);
          if (!file) {
            if ((flags & capi.SQLITE_OPEN_CREATE) === 0) return capi.SQLITE_CANTOPEN;
            file = { content: new BlockFile(), locks: new FileLocks() };
            files.set(path, file);
          }
          open.set(handle, {
            file,
            path,
            deleteOnClose: (flags & capi.SQLITE_OPEN_DELETEONCLOSE) !== 0,
          });
          const struct = new capi.sqlite3_file(handle);
          struct.$pMethods = ioMethods.pointer;
          struct.dispose();
          writeInt(outFlags, flags);
          return capi.SQLITE_OK;
        },
        xDelete(_vfs, name) {
          files.delete(pathAt(name));
          return capi.SQLITE_OK;
        },
        xAccess(_vfs, name, _flags, out) {
          writeInt(out, files.has(pathAt(name)) ? 1 : 0);
          return capi.SQLITE_OK;
        },
        xFullPathname: (_vfs, name, length, out) =>
          wasm.cstrncpy(out, name, length) < length ? capi.SQLITE_OK : capi.SQLITE_CANTOPEN,
        xCurrentTime(_vfs, out) {
          wasm.poke(out, julianDay(Date.now()), "double");
          return capi.SQLITE_OK;
        },
        xCurrentTimeInt64(_vfs, out) {
          wasm.poke64(out, BigInt(Math.round(julianDay(Date.now()) * millisecondsPerDay)));
          return capi.SQLITE_OK;
        },
      },
    },
  });
  return files;
}

/** Integers of 64 bits come as `bigint`, whatever the typings of the library say; a file is never that large. */
function int64(value: number | bigint): number {
  return Number(value);
}

const millisecondsPerDay = 86_400_000;

/** SQLite counts days from noon in Greenwich on November 24, 4714 BC; the epoch of JavaScript is at 2440587.5 of them. */
function julianDay(milliseconds: number): number {
  return milliseconds / millisecondsPerDay + 2_440_587.5;
}

/** The file system that SQLite's own build comes with has a source of randomness. */
function useDefaultRandomness({ capi }: Sqlite3Static, vfs: object): void {
  const standard = new capi.sqlite3_vfs(capi.sqlite3_vfs_find(null));
  Object.assign(vfs, { $xRandomness: (standard as unknown as { $xRandomness: number }).$xRandomness });
  standard.dispose();
}
