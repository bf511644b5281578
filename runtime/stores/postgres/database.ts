import type { BrokerToDatabase } from "../../protocol.ts";
import type { Acquire } from "../sqlite/acquire.ts";
import { DatabaseThread, ThreadStuck } from "./database-thread.ts";
import { holdsSession } from "./holds-session.ts";
import type { Outcome, Statement } from "./session.ts";
import { TurnFailure, Turns } from "./turns.ts";
import { failedQuery, type PostgresError, PostgresFailure } from "./values.ts";

export interface DatabaseOptions {
  /** Of its data, on this origin. */
  name: string;
  spawn: () => Worker;
  acquire: Acquire;
  /** Tells the other tabs of the origin that this one waits for the data. */
  askOthers: () => void;
  /** Whether another tab waits for the data. */
  isWanted: () => Promise<boolean>;
}

/** The Web Lock of a database's data: one Postgres of the origin may have it open. */
export const lockName = (name: string): string => `spin-playground-postgres ${name}`;

/** Loading Postgres over the network, and making a first database, take what they take. */
const startMs = 60_000;
const closeMs = 10_000;

/**
 * One database of this origin: a Postgres in a thread of its own, started when it is needed. It has a single session, which
 * the connections take turns at: one with an open transaction, or with settings of its own, keeps it.
 */
export class Database {
  readonly #options: DatabaseOptions;
  readonly #turns = new Turns();
  #running: { thread: DatabaseThread; release: () => void } | undefined;
  #starting: Promise<void> | undefined;
  #isHandingOver = false;

  constructor(options: DatabaseOptions) {
    this.#options = options;
  }

  /** Takes no turn: as natively, what others do is no hindrance. Rejects with a `PostgresFailure` (`connection-failed`). */
  async connect(limitMs: number, onStarting: () => void): Promise<Connection> {
    try {
      await this.start(limitMs, onStarting);
      return new Connection(this);
    } catch (error) {
      throw new PostgresFailure({ tag: "connection-failed", val: messageOf(error) });
    }
  }

  /**
   * Settles when Postgres runs. `onStarting` is told if it did not, and nobody has asked for it before.
   *
   * @param limitMs how long to wait for another tab; the start itself has a limit of its own
   */
  start(limitMs: number, onStarting: () => void = () => {}): Promise<void> {
    if (this.#running) return Promise.resolve();
    this.#starting ??= this.#start(limitMs, onStarting).finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #start(limitMs: number, onStarting: () => void): Promise<void> {
    const { name, spawn, acquire, askOthers, isWanted } = this.#options;
    askOthers();
    const release = await acquire(lockName(name), AbortSignal.timeout(limitMs)).catch((cause: unknown) => {
      throw new Error(`Another tab uses the database and did not give it free within ${limitMs / 1000} s.`, { cause });
    });
    onStarting();
    const thread = new DatabaseThread(spawn);
    try {
      await thread.ask({ type: "open", name }, startMs);
      this.#running = { thread, release };
    } catch (error) {
      thread.terminate();
      release();
      throw error;
    }
    // Asked for while this one was waiting itself.
    if (await isWanted()) this.handOver();
  }

  /** Asks the thread. After a failure it is ended, and the next one to need it starts another. */
  async ask(message: BrokerToDatabase, limitMs: number): ReturnType<DatabaseThread["ask"]> {
    const running = this.#running;
    if (!running) throw new Error("Postgres is not running.");
    try {
      return await running.thread.ask(message, limitMs);
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  async take(owner: object, limitMs: number): Promise<void> {
    await this.#turns.take(owner, limitMs).catch((cause: unknown) => {
      if (!(cause instanceof TurnFailure)) throw cause;
      throw new Error(
        `The database was not free within ${limitMs / 1000} s: it serves one connection at a time in this browser tab, and ` +
          "another has a transaction open, has settings of its own, or runs a long statement.",
        { cause },
      );
    });
  }

  give(owner: object): void {
    this.#turns.give(owner);
  }

  leave(owner: object): void {
    this.#turns.leave(owner);
  }

  /** Another tab wants it: as soon as nobody here uses it, it is stored and given free. */
  handOver(): void {
    if (this.#isHandingOver || !this.#running) return;
    this.#isHandingOver = true;
    void this.#handOver().finally(() => {
      this.#isHandingOver = false;
    });
  }

  async #handOver(): Promise<void> {
    const owner = {};
    await this.#turns.take(owner, Infinity);
    try {
      if (this.#running) await this.ask({ type: "close" }, closeMs);
    } catch (error) {
      console.warn("Postgres could not be closed:", error);
    } finally {
      this.#end();
      this.#turns.give(owner);
    }
  }

  #end(): void {
    this.#running?.thread.terminate();
    this.#running?.release();
    this.#running = undefined;
  }
}

/** One connection of a component. */
export class Connection {
  readonly #database: Database;
  #isBusy = false;
  #isClosed = false;
  /** It has the turn, and will not give it away before it is closed or its transaction ends. */
  #keeps = false;
  #hasSettings = false;
  /** Its session was lost with the thread that had it. */
  #isLost = false;

  constructor(database: Database) {
    this.#database = database;
  }

  async run(statement: Statement, limitMs: number): Promise<Outcome["result"]> {
    if (this.#isLost || this.#isClosed) return failed(failedQuery("Error { kind: Closed, cause: None }"));
    this.#isBusy = true;
    try {
      await this.#database.take(this, limitMs);
      await this.#database.start(limitMs);
      return await this.#run(statement, limitMs);
    } catch (error) {
      return failed(failedQuery(messageOf(error)));
    } finally {
      this.#isBusy = false;
      if (this.#isClosed) await this.#giveBack();
      else if (!this.#keeps) this.#database.give(this);
    }
  }

  /** Rolls back what is open. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#database.leave(this);
    if (!this.#isBusy) void this.#giveBack();
  }

  async #run(statement: Statement, limitMs: number): Promise<Outcome["result"]> {
    // Also if it fails: it may have done so halfway.
    this.#hasSettings ||= holdsSession(statement.sql);
    const wasOpen = this.#keeps;
    try {
      const answer = await this.#database.ask({ type: "run", statement }, limitMs);
      if (answer.type !== "outcome") throw new Error("Postgres gave another answer.");
      this.#keeps = answer.outcome.status !== "idle" || this.#hasSettings;
      return answer.outcome.result;
    } catch (error) {
      this.#isLost = true;
      this.#keeps = false;
      this.#hasSettings = false;
      const why =
        error instanceof ThreadStuck
          ? `The statement took more than ${limitMs / 1000} s, the limit of the playground (databaseStatementMs)`
          : messageOf(error);
      const transaction = wasOpen ? " The open transaction is rolled back." : "";
      throw new Error(`${why}; Postgres was ended, and starts again for the next connection.${transaction}`, {
        cause: error,
      });
    }
  }

  async #giveBack(): Promise<void> {
    try {
      if (this.#keeps) await this.#database.ask({ type: "reset", all: this.#hasSettings }, closeMs);
    } catch (error) {
      // The thread was ended, and the transaction with it.
      console.warn("A Postgres session could not be reset:", error);
    } finally {
      this.#keeps = false;
      this.#database.give(this);
    }
  }
}

function failed(error: PostgresError): Outcome["result"] {
  return { ok: false, error };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
