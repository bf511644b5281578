import type { Sqlite3Static } from "@sqlite.org/sqlite-wasm";
import { installVfs, type VfsFile } from "./vfs.ts";

/** SQLite, loaded into this thread. */
export interface SqliteModule {
  readonly sqlite3: Sqlite3Static;
  /** Files of the virtual file system, by path. */
  readonly files: Map<string, VfsFile>;
  /** Pointers to functions that every connection uses: to make one for each would fill the table of functions. */
  readonly authorize: number;
  readonly watch: number;
  /** Until when (`performance.now()`) the statement that runs now may run. */
  deadline: number;
}

export interface SqliteLimits {
  /** Of one database. */
  databaseBytes: number;
  statementMs: number;
}

/** What SQLite may have in memory beside pages of a database. */
const workingBytes = 64 * 1024 * 1024;
/** Attached databases that are in memory; SQLite's own `VACUUM` attaches one of the first name. */
const inMemory: ReadonlySet<string> = new Set(["", ":memory:"]);

/** Loads SQLite. It is several hundred kilobytes, so that it comes with the first statement. */
export async function loadSqlite({ databaseBytes }: SqliteLimits): Promise<SqliteModule> {
  const { default: init } = await import("@sqlite.org/sqlite-wasm");
  // Its own ways to store data need headers or handles that are not to be had here, and their absence would be reported.
  const disable = { vfs: { kvvfs: true, opfs: true, "opfs-vfs": true, "opfs-sahpool": true, "opfs-wl": true } };
  Object.assign(globalThis, { sqlite3ApiConfig: { disable } });
  const sqlite3 = await init();
  const { capi, wasm } = sqlite3;
  const files = installVfs(sqlite3, databaseBytes);

  const isDenied = (action: number, first: number): boolean =>
    action === capi.SQLITE_ATTACH && !inMemory.has(wasm.cstrToJs(first) ?? "");
  const authorize = wasm.installFunction("i(pipppp)", (_context: number, action: number, first: number) =>
    isDenied(action, first) ? capi.SQLITE_DENY : capi.SQLITE_OK,
  );
  const watch = wasm.installFunction("i(p)", () => (performance.now() > loaded.deadline ? 1 : 0));
  const loaded: SqliteModule = { sqlite3, files, authorize, watch, deadline: Infinity };
  limitMemory(loaded, databaseBytes);
  return loaded;
}

/** One statement cannot take all memory of the thread; beyond the limit it fails with `out of memory`. */
function limitMemory({ sqlite3 }: SqliteModule, databaseBytes: number): void {
  const db = new sqlite3.oo1.DB(":memory:");
  db.exec(`PRAGMA hard_heap_limit = ${databaseBytes + workingBytes}`);
  db.close();
}
