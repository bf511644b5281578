/** What SQLite stores in a column: `bigint` is an integer of 64 bits, `number` a real. */
export type SqliteValue = null | bigint | number | string | Uint8Array;

export interface QueryResult {
  columns: string[];
  rows: SqliteValue[][];
}

/** The back end of the SQLite interfaces: all databases of one application origin, by label. */
export interface SqliteDatabases {
  /** A connection of its own, which has its own transaction. Nothing is loaded or read before its first statement. */
  connect(label: string): SqliteConnection;
}

export interface SqliteConnection {
  /**
   * Runs the first statement of `sql`, others are ignored. What it changes is durable when this resolves, unless a
   * transaction is open. Rejects with a `SqliteFailure` that has SQLite's words, and with the code `store-unavailable`
   * when the browser refuses to keep the data. `signal` ends the waiting for others, not a statement that runs.
   */
  execute(sql: string, parameters: readonly SqliteValue[], signal: AbortSignal): Promise<QueryResult>;
  /** Rows that the last INSERT, UPDATE or DELETE of this connection changed. */
  changes(): bigint;
  lastInsertRowid(): bigint;
  /** Rolls an open transaction back. */
  close(): void;
}

/** An error of SQLite itself, or of a limit that is set for it. The message is for the guest. */
export class SqliteFailure extends Error {
  override readonly name = "SqliteFailure";
}
