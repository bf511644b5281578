import type { Acquire } from "./acquire.ts";
import type { DatabaseSet } from "./database-set.ts";
import type { SharedDatabase } from "./shared-database.ts";
import type { SqlConnection, StatementLimits } from "./sql-connection.ts";
import {
  SqliteFailure,
  type QueryResult,
  type SqliteConnection,
  type SqliteDatabases,
  type SqliteValue,
} from "./sqlite-databases.ts";
import type { SqliteLimits } from "./sqlite-module.ts";

export interface SqliteOptions {
  /** Those in force now; the size of a database is fixed when SQLite is loaded. */
  limits: () => SqliteLimits;
  /** Name of the IndexedDB database. */
  databaseName?: string;
  acquire?: Acquire;
}

/** The most that Spin gives back of one query. */
const resultBytes = 128 * 1024 * 1024;

/**
 * All SQLite databases of this origin, in IndexedDB. Every object made for the same name, in whatever thread or tab of the
 * origin, sees the same data. SQLite itself runs in the thread that asks, so that a statement that never ends is a matter
 * of that thread only.
 */
export function createIndexedDbSqliteDatabases(options: SqliteOptions): SqliteDatabases {
  let databases: Promise<DatabaseSet> | undefined;
  const load = (): Promise<DatabaseSet> =>
    (databases ??= import("./database-set.ts").then(({ DatabaseSet }) => new DatabaseSet(options)));
  return { connect: (label) => new LazyConnection(load, label, options.limits) };
}

/** A connection as a guest has it: SQLite's own is made with the first statement. */
class LazyConnection implements SqliteConnection {
  readonly #databases: () => Promise<DatabaseSet>;
  readonly #label: string;
  readonly #limits: () => SqliteLimits;
  #open: { database: SharedDatabase; connection: SqlConnection } | undefined;
  #isClosed = false;

  constructor(databases: () => Promise<DatabaseSet>, label: string, limits: () => SqliteLimits) {
    this.#databases = databases;
    this.#label = label;
    this.#limits = limits;
  }

  async execute(sql: string, parameters: readonly SqliteValue[], signal: AbortSignal): Promise<QueryResult> {
    const databases = await this.#databases();
    const { database, connection } = await this.#connect(databases);
    const limits: StatementLimits = { statementMs: this.#limits().statementMs, resultBytes };
    return database.run(connection, signal, () => {
      try {
        return connection.execute(sql, parameters, limits);
      } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError)) throw error;
        databases.drop();
        throw new SqliteFailure(`SQLite stopped in this statement (${error.message})`);
      }
    });
  }

  changes(): bigint {
    return this.#current?.changes() ?? 0n;
  }

  lastInsertRowid(): bigint {
    return this.#current?.lastInsertRowid() ?? 0n;
  }

  close(): void {
    this.#isClosed = true;
    this.#open?.database.close(this.#open.connection);
    this.#open = undefined;
  }

  get #current(): SqlConnection | undefined {
    return this.#open?.database.has(this.#open.connection) ? this.#open.connection : undefined;
  }

  async #connect(databases: DatabaseSet): Promise<{ database: SharedDatabase; connection: SqlConnection }> {
    if (this.#open?.database.has(this.#open.connection)) return this.#open;
    const database = await databases.get(this.#label);
    if (this.#isClosed) throw new SqliteFailure("the connection is closed");
    this.#open = { database, connection: database.connect() };
    return this.#open;
  }
}
