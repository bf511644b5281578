import { acquireOnOrigin } from "./acquire.ts";
import type { SqliteOptions } from "./indexeddb-sqlite.ts";
import { SharedDatabase } from "./shared-database.ts";
import { SqliteFailure } from "./sqlite-databases.ts";
import { loadSqlite, type SqliteModule } from "./sqlite-module.ts";
import { StoredBlocks } from "./stored-blocks.ts";

/** The databases that this thread has in memory, and SQLite itself. It is loaded with the first statement of the thread. */
export class DatabaseSet {
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
