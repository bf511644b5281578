import { BlockFile } from "./block-file.ts";
import type { Acquire } from "./acquire.ts";
import { FileLocks } from "./file-locks.ts";
import { BusyError, SqlConnection } from "./sql-connection.ts";
import { SqliteFailure } from "./sqlite-databases.ts";
import type { SqliteModule } from "./sqlite-module.ts";
import type { StoredBlocks } from "./stored-blocks.ts";
import type { VfsFile } from "./vfs.ts";

/** As long as rusqlite waits for another connection. */
const busyMs = 5_000;

/**
 * One database of the origin, as this thread has it in memory. A statement takes the database's lock, looks whether
 * another thread has changed what is stored, runs, and stores what it changed. A transaction keeps the lock until it ends;
 * the other connections of this thread run beside it then, and SQLite's own locks decide.
 */
export class SharedDatabase {
  readonly #label: string;
  readonly #module: SqliteModule;
  readonly #stored: StoredBlocks;
  readonly #acquire: Acquire;
  readonly #path: string;
  readonly #file: VfsFile = { content: new BlockFile(), locks: new FileLocks() };
  readonly #connections = new Set<SqlConnection>();
  /** Those that have an open transaction. */
  readonly #transactions = new Set<SqlConnection>();
  readonly #waiting = new Set<() => void>();
  /** Of what is in memory; `undefined` before it was loaded. */
  #version: number | undefined;
  #release: (() => void) | undefined;
  #running = 0;
  #saving: Promise<void> = Promise.resolve();

  constructor(label: string, module: SqliteModule, stored: StoredBlocks, acquire: Acquire) {
    this.#label = label;
    this.#module = module;
    this.#stored = stored;
    this.#acquire = acquire;
    this.#path = `/${label}`;
    module.files.set(this.#path, this.#file);
  }

  connect(): SqlConnection {
    const connection = new SqlConnection(this.#module, this.#path);
    this.#connections.add(connection);
    return connection;
  }

  /** Whether the connection can be used still: all end when the browser refuses to store what one of them wrote. */
  has(connection: SqlConnection): boolean {
    return this.#connections.has(connection);
  }

  close(connection: SqlConnection): void {
    if (!this.#connections.delete(connection)) return;
    connection.close();
    this.#transactions.delete(connection);
    this.#giveBack();
  }

  /** Runs `statement` when it is this connection's turn. What it changed is stored when this resolves. */
  async run<T>(connection: SqlConnection, signal: AbortSignal, statement: () => T): Promise<T> {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(busyMs)]);
    for (;;) {
      await this.#enter(patience);
      try {
        const result = statement();
        await this.#save(connection);
        return result;
      } catch (error) {
        if (!(error instanceof BusyError)) throw error;
      } finally {
        this.#leave(connection);
      }
      await this.#anotherEnds(patience);
    }
  }

  async #enter(signal: AbortSignal): Promise<void> {
    if (this.#transactions.size === 0) {
      this.#release = await this.#acquire(`spin-sqlite:${this.#label}`, signal).catch(() => locked());
    }
    this.#running += 1;
    if (this.#transactions.size > 0) return;
    try {
      await this.#refresh();
    } catch (error) {
      this.#running -= 1;
      this.#giveBack();
      throw error;
    }
  }

  #leave(connection: SqlConnection): void {
    // One that was ended has none.
    if (this.has(connection) && connection.isInTransaction) this.#transactions.add(connection);
    else this.#transactions.delete(connection);
    this.#running -= 1;
    this.#giveBack();
    for (const wake of this.#waiting) wake();
  }

  #giveBack(): void {
    if (this.#running > 0 || this.#transactions.size > 0) return;
    this.#release?.();
    this.#release = undefined;
  }

  async #refresh(): Promise<void> {
    if (this.#version === (await this.#stored.version(this.#label))) return;
    const { version, size, blocks } = await this.#stored.load(this.#label);
    this.#file.content.load(blocks, size);
    this.#version = version;
  }

  /** One at a time: what follows rests on what came before. */
  #save(connection: SqlConnection): Promise<void> {
    const saving = this.#saving.then(() => this.#saveNow(connection));
    this.#saving = saving.catch(() => undefined);
    return saving;
  }

  async #saveNow(connection: SqlConnection): Promise<void> {
    if (!this.has(connection)) throw new SqliteFailure("the browser refused to store what was written before");
    // Pages of a transaction that is not committed may be in the file already.
    if (!this.#file.content.isChanged || this.#file.locks.isReserved) return;
    const version = (this.#version ?? 0) + 1;
    try {
      await this.#stored.save(this.#label, { version, ...this.#file.content.takeChanges() });
      this.#version = version;
    } catch (error) {
      this.#forget();
      throw error;
    }
  }

  /** SQLite cannot be used any more: nothing is left to close. */
  abandon(): void {
    this.#connections.clear();
    this.#transactions.clear();
    this.#giveBack();
  }

  /** Nothing that is in memory can be trusted: what was not stored has not happened. */
  #forget(): void {
    for (const connection of this.#connections) connection.close();
    this.#connections.clear();
    this.#transactions.clear();
    this.#version = undefined;
  }

  #anotherEnds(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => () => {
        this.#waiting.delete(wake);
        signal.removeEventListener("abort", giveUp);
        settle();
      };
      const wake = end(resolve);
      const giveUp = end(() => reject(new SqliteFailure(lockedText)));
      if (signal.aborted) return giveUp();
      this.#waiting.add(wake);
      signal.addEventListener("abort", giveUp);
    });
  }
}

/** SQLite's words. */
const lockedText = "database is locked";

function locked(): never {
  throw new SqliteFailure(lockedText);
}
