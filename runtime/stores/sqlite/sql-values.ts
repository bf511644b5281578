import type { Sqlite3Static } from "@sqlite.org/sqlite-wasm";
import { SqliteFailure, type SqliteValue } from "./sqlite-databases.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Throws a `SqliteFailure` unless there are as many values as the statement has parameters. */
export function bindParameters(sqlite3: Sqlite3Static, statement: number, values: readonly SqliteValue[]): void {
  const { capi } = sqlite3;
  const needed = capi.sqlite3_bind_parameter_count(statement);
  if (values.length !== needed) {
    // rusqlite's words.
    throw new SqliteFailure(`Wrong number of parameters passed to query. Got ${values.length}, needed ${needed}`);
  }
  for (const [index, value] of values.entries()) {
    const code = bind(sqlite3, statement, index + 1, value);
    if (code !== capi.SQLITE_OK) throw new SqliteFailure(capi.sqlite3_errstr(code));
  }
}

function bind(sqlite3: Sqlite3Static, statement: number, position: number, value: SqliteValue): number {
  const { capi } = sqlite3;
  // Every parameter of a new statement is NULL.
  if (value === null) return capi.SQLITE_OK;
  if (typeof value === "bigint") return capi.sqlite3_bind_int64(statement, position, value);
  if (typeof value === "number") return capi.sqlite3_bind_double(statement, position, value);
  // A text as bytes too, since a string for C would end at its first zero.
  if (typeof value === "string") {
    return withCopy(sqlite3, encoder.encode(value), (at, length) =>
      capi.sqlite3_bind_text(statement, position, at, length, capi.SQLITE_TRANSIENT),
    );
  }
  return withCopy(sqlite3, value, (at, length) =>
    capi.sqlite3_bind_blob(statement, position, at, length, capi.SQLITE_TRANSIENT),
  );
}

/** `use` gets the bytes in SQLite's memory, for as long as it runs. */
function withCopy(
  { capi, wasm }: Sqlite3Static,
  bytes: Uint8Array,
  use: (at: number, length: number) => number,
): number {
  // A pointer, even to nothing: without one SQLite binds NULL.
  const at = wasm.alloc.impl(bytes.length + 1);
  if (at === 0) return capi.SQLITE_NOMEM;
  try {
    wasm.heap8u().set(bytes, at);
    return use(at, bytes.length);
  } finally {
    wasm.dealloc(at);
  }
}

/** The values of the row that the statement stands on; `bytes` is what they hold, 8 for a number. */
export function readRow(
  sqlite3: Sqlite3Static,
  statement: number,
  columns: number,
): { values: SqliteValue[]; bytes: number } {
  let bytes = 0;
  const values = Array.from({ length: columns }, (_, index) => {
    const value = readColumn(sqlite3, statement, index);
    bytes += typeof value === "string" ? value.length : value instanceof Uint8Array ? value.length : 8;
    return value;
  });
  return { values, bytes };
}

function readColumn({ capi, wasm }: Sqlite3Static, statement: number, index: number): SqliteValue {
  switch (capi.sqlite3_column_type(statement, index)) {
    case capi.SQLITE_INTEGER:
      return capi.sqlite3_column_int64(statement, index);
    case capi.SQLITE_FLOAT:
      return capi.sqlite3_column_double(statement, index);
    case capi.SQLITE_NULL:
      return null;
    case capi.SQLITE_TEXT:
      return decoder.decode(columnBytes());
    default:
      return columnBytes();
  }

  /** Of a text these are its bytes in UTF-8, with zeros in it if it has some. */
  function columnBytes(): Uint8Array {
    const start = capi.sqlite3_column_blob(statement, index);
    return wasm.heap8u().slice(start, start + capi.sqlite3_column_bytes(statement, index));
  }
}
