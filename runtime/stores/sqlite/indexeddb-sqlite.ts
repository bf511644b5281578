import { acquireOnOrigin, type Acquire } from "./acquire.ts";
import { SharedDatabase } from "./shared-database.ts";
import type { SqlConnection, StatementLimits } from "./sql-connection.ts";
import {
  SqliteFailure,
  type QueryResult,
  type SqliteConnection,
  type SqliteDatabases,
  type SqliteValue,
} from "./sqlite-databases.ts";
import { loadSqlite, type SqliteLimits, type SqliteModule } from "./sqlite-module.ts";
import { StoredBlocks } from "./stored-blocks.ts";

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
  const databases = new IndexedDbSqliteDatabases(options);
  return { connect: (label) => new LazyConnection(databases, label, options.limits) };
}

class IndexedDbSqliteDatabases {
  readonly #stored: StoredBlocks;
  readonly #options: SqliteOptions;
  #module: Promise<SqliteModule> | undefined;
  #databases = new Map<string, SharedDatabase>();

  constructor(options: SqliteOptions) {
    this.#options = options;
    this.#stored = new StoredBlocks(options.databaseName);
  }

  async get(label: string): Promise<SharedDatabase> {
    this.#module ??= loadSqlite(this.#options.limits());
    const pending = this.#module;
    const module = await pending.catch((error: unknown) => {
      if (this.#module === pending) this.#module = undefined;
      throw new SqliteFailure(`SQLite could not be loaded: ${String(error)}`);
    });
    let database = this.#databases.get(label);
    if (!database) {
      database = new SharedDatabase(label, module, this.#stored, this.#options.acquire ?? acquireOnOrigin);
      this.#databases.set(label, database);
    }
    return database;
  }

  /** SQLite has stopped where it never should: its memory is of no use any more. The next statement loads it anew. */
  drop(): void {
    for (const database of this.#databases.values()) database.abandon();
    this.#databases = new Map();
    this.#module = undefined;
  }
}

/** A connection as a guest has it: SQLite's own is made with the first statement. */
class LazyConnection implements SqliteConnection {
  readonly #databases: IndexedDbSqliteDatabases;
  readonly #label: string;
  readonly #limits: () => SqliteLimits;
  #open: { database: SharedDatabase; connection: SqlConnection } | undefined;
  #isClosed = false;

  constructor(databases: IndexedDbSqliteDatabases, label: string, limits: () => SqliteLimits) {
    this.#databases = databases;
    this.#label = label;
    this.#limits = limits;
  }

  async execute(sql: string, parameters: readonly SqliteValue[], signal: AbortSignal): Promise<QueryResult> {
    const { database, connection } = await this.#connect();
    const limits: StatementLimits = { statementMs: this.#limits().statementMs, resultBytes };
    return database.run(connection, signal, () => {
      try {
        return connection.execute(sql, parameters, limits);
      } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError)) throw error;
        this.#databases.drop();
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

  async #connect(): Promise<{ database: SharedDatabase; connection: SqlConnection }> {
    if (this.#open?.database.has(this.#open.connection)) return this.#open;
    const database = await this.#databases.get(this.#label);
    if (this.#isClosed) throw new SqliteFailure("the connection is closed");
    this.#open = { database, connection: database.connect() };
    return this.#open;
  }
}
