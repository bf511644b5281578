import { SqliteFailure, type QueryResult, type SqliteValue } from "./sqlite-databases.ts";
import type { SqliteModule } from "./sqlite-module.ts";
import { bindParameters, readRow } from "./sql-values.ts";
import { vfsName } from "./vfs.ts";

/** SQLite's own answer that another connection is in the way: to be tried again. */
export class BusyError extends Error {}

export interface StatementLimits {
  statementMs: number;
  /** Spin counts what the values of a result hold. */
  resultBytes: number;
}

/** Room for a pointer, on whatever kind of memory. */
const pointerBytes = 8;
/** Instructions of SQLite's machine between two looks at the clock: some milliseconds. */
const instructionsPerLook = 100_000;

/** A connection of SQLite itself to a file that is in memory: nothing here waits for anything. */
export class SqlConnection {
  readonly #module: SqliteModule;
  readonly #db: number;

  constructor(module: SqliteModule, path: string) {
    this.#module = module;
    const { capi, wasm } = module.sqlite3;
    const scope = wasm.scopedAllocPush();
    try {
      const out = wasm.scopedAlloc(pointerBytes);
      const flags = capi.SQLITE_OPEN_READWRITE | capi.SQLITE_OPEN_CREATE;
      const code = capi.sqlite3_open_v2(path, out, flags, vfsName);
      this.#db = wasm.peekPtr(out);
      if (code !== capi.SQLITE_OK) throw this.#failure();
    } finally {
      wasm.scopedAllocPop(scope);
    }
    capi.sqlite3_set_authorizer(this.#db, module.authorize as never, 0);
    capi.sqlite3_progress_handler(this.#db, instructionsPerLook, module.watch, 0);
  }

  get isInTransaction(): boolean {
    return this.#module.sqlite3.capi.sqlite3_get_autocommit(this.#db) === 0;
  }

  changes(): bigint {
    return this.#module.sqlite3.capi.sqlite3_changes64(this.#db);
  }

  lastInsertRowid(): bigint {
    return this.#module.sqlite3.capi.sqlite3_last_insert_rowid(this.#db);
  }

  close(): void {
    this.#module.sqlite3.capi.sqlite3_close_v2(this.#db);
  }

  /** Throws `BusyError`, and `SqliteFailure` with the words that Spin's driver has for it. */
  execute(sql: string, parameters: readonly SqliteValue[], limits: StatementLimits): QueryResult {
    const { capi } = this.#module.sqlite3;
    this.#module.deadline = performance.now() + limits.statementMs;
    const statement = this.#prepare(sql);
    // A comment alone, or nothing.
    if (statement === 0) return { columns: [], rows: [] };
    try {
      bindParameters(this.#module.sqlite3, statement, parameters);
      const columns = Array.from({ length: capi.sqlite3_column_count(statement) }, (_, index) =>
        capi.sqlite3_column_name(statement, index),
      );
      return { columns, rows: [...this.#rows(statement, columns.length, limits)] };
    } finally {
      capi.sqlite3_finalize(statement);
    }
  }

  *#rows(statement: number, columns: number, limits: StatementLimits): Iterable<SqliteValue[]> {
    const { sqlite3 } = this.#module;
    let left = limits.resultBytes;
    for (;;) {
      const code = sqlite3.capi.sqlite3_step(statement);
      if (code === sqlite3.capi.SQLITE_DONE) return;
      if (code !== sqlite3.capi.SQLITE_ROW) throw this.#failureOf(code, limits);
      const { values, bytes } = readRow(sqlite3, statement, columns);
      left -= bytes;
      if (left < 0) throw new SqliteFailure(`query result exceeds limit of ${limits.resultBytes} bytes`);
      yield values;
    }
  }

  #prepare(sql: string): number {
    const { capi, wasm } = this.#module.sqlite3;
    const scope = wasm.scopedAllocPush();
    try {
      const out = wasm.scopedAlloc(pointerBytes);
      const code = capi.sqlite3_prepare_v2(this.#db, sql, -1, out, 0);
      if (code === capi.SQLITE_BUSY) throw new BusyError();
      if (code === capi.SQLITE_OK) return wasm.peekPtr(out);
      const offset = capi.sqlite3_error_offset(this.#db);
      // rusqlite's words for an error of which SQLite knows the place.
      throw offset < 0 ? this.#failure() : new SqliteFailure(`${this.#message()} in ${sql} at offset ${offset}`);
    } finally {
      wasm.scopedAllocPop(scope);
    }
  }

  #failureOf(code: number, { statementMs }: StatementLimits): Error {
    const { capi } = this.#module.sqlite3;
    if (code === capi.SQLITE_BUSY) return new BusyError();
    if (code !== capi.SQLITE_INTERRUPT) return this.#failure();
    return new SqliteFailure(
      `${this.#message()}: in a browser tab a statement is ended after ${statementMs / 1000} seconds`,
    );
  }

  #failure(): SqliteFailure {
    return new SqliteFailure(this.#message());
  }

  #message(): string {
    return this.#module.sqlite3.capi.sqlite3_errmsg(this.#db);
  }
}
