import "fake-indexeddb/auto";
import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Acquire } from "./acquire.ts";
import { createIndexedDbSqliteDatabases } from "./indexeddb-sqlite.ts";
import type { SqliteConnection, SqliteDatabases, SqliteValue } from "./sqlite-databases.ts";

/** Web Locks as Node lacks them: each waits for the one before. */
function createLocks(): Acquire {
  const last = new Map<string, Promise<void>>();
  return async (name, signal) => {
    const before = last.get(name) ?? Promise.resolve();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    last.set(
      name,
      before.then(() => held),
    );
    const aborted = new Promise<never>((_, reject) => {
      if (signal.aborted) reject(new Error("aborted"));
      signal.addEventListener("abort", () => reject(new Error("aborted")));
    });
    await Promise.race([before, aborted]).catch((error: unknown) => {
      release();
      throw error;
    });
    return release;
  };
}

interface Origin {
  /** As another thread of the origin has them. */
  thread(limits?: Partial<{ databaseBytes: number; statementMs: number }>): SqliteDatabases;
}

function createOrigin(): Origin {
  const databaseName = randomUUID();
  const acquire = createLocks();
  return {
    thread: (limits = {}) =>
      createIndexedDbSqliteDatabases({
        databaseName,
        acquire,
        limits: () => ({ databaseBytes: 1024 * 1024, statementMs: 10_000, ...limits }),
      }),
  };
}

/** Two connections of one thread, and one of another. */
function connections() {
  const origin = createOrigin();
  const thread = origin.thread();
  return {
    one: thread.connect("default"),
    beside: thread.connect("default"),
    other: origin.thread().connect("default"),
  };
}

const { signal } = new AbortController();
const run = (connection: SqliteConnection, sql: string, ...values: SqliteValue[]) =>
  connection.execute(sql, values, signal);
const rows = async (connection: SqliteConnection, sql: string, ...values: SqliteValue[]) =>
  (await run(connection, sql, ...values)).rows;

afterEach(() => vi.useRealTimers());

describe("a statement", () => {
  test("gives columns and rows with values of each type, as they were bound", async () => {
    const connection = createOrigin().thread().connect("default");
    const values: SqliteValue[] = [null, 2n ** 62n, -1n, 1.5, "a\0b \u{feff}ü", new Uint8Array([0, 255])];
    await expect(run(connection, "SELECT ? AS a, ? AS b, ? AS c, ?, ?, ?", ...values)).resolves.toEqual({
      columns: ["a", "b", "c", "?", "?", "?"],
      rows: [values],
    });
  });

  test("an empty text and an empty blob stay what they are", async () => {
    const connection = createOrigin().thread().connect("default");
    expect(await rows(connection, "SELECT ?, typeof(?), typeof(?)", "", "", new Uint8Array())).toEqual([
      ["", "text", "blob"],
    ]);
  });

  test("only the first of several runs, and none of none", async () => {
    const connection = createOrigin().thread().connect("default");
    expect(await rows(connection, "SELECT 1; SELECT 2")).toEqual([[1n]]);
    expect(await run(connection, " -- nothing")).toEqual({ columns: [], rows: [] });
  });

  test.each([
    ["SELEC 1", 'near "SELEC": syntax error in SELEC 1 at offset 0'],
    ["SELECT * FROM missing", "no such table: missing"],
    ["SELECT missing", "no such column: missing in SELECT missing at offset 7"],
    ["SELECT ?", "Wrong number of parameters passed to query. Got 0, needed 1"],
    ["ATTACH 'other.db' AS other", "not authorized"],
    ["SELECT json('x')", "malformed JSON"],
    ["VACUUM INTO '/other'", "authorization denied"],
  ])("%s fails with the words of Spin's driver", async (sql, message) => {
    await expect(run(createOrigin().thread().connect("default"), sql)).rejects.toThrow(message);
  });

  test("VACUUM and databases in memory are allowed", async () => {
    const connection = createOrigin().thread().connect("default");
    await run(connection, "CREATE TABLE t (a)");
    await run(connection, "VACUUM");
    await run(connection, "ATTACH ':memory:' AS scratch");
    await run(connection, "CREATE TABLE scratch.u (a)");
    expect(await rows(connection, "SELECT name FROM scratch.sqlite_schema")).toEqual([["u"]]);
  });

  test("changes and the last row id are those of the connection", async () => {
    const connection = createOrigin().thread().connect("default");
    await run(connection, "CREATE TABLE t (a)");
    await run(connection, "INSERT INTO t VALUES (1), (2)");
    expect([connection.changes(), connection.lastInsertRowid()]).toEqual([2n, 2n]);
  });
});

describe("what is kept", () => {
  test("another thread sees it at once, and after that the other way round", async () => {
    const origin = createOrigin();
    const one = origin.thread().connect("default");
    const other = origin.thread().connect("default");
    await run(one, "CREATE TABLE t (a)");
    for (let turn = 0; turn < 3; turn += 1) {
      await run(one, "INSERT INTO t VALUES (?)", BigInt(turn));
      await run(other, "INSERT INTO t VALUES (?)", BigInt(turn + 100));
    }
    const all = [[0n], [1n], [2n], [100n], [101n], [102n]];
    expect(await rows(other, "SELECT a FROM t ORDER BY a")).toEqual(all);
    expect(await rows(one, "SELECT a FROM t ORDER BY a")).toEqual(all);
  });

  test("labels do not mix", async () => {
    const databases = createOrigin().thread();
    await run(databases.connect("default"), "CREATE TABLE t (a)");
    expect(await rows(databases.connect("other"), "SELECT * FROM sqlite_schema")).toEqual([]);
  });

  test("many rows over many blocks, and a file that shrinks", async () => {
    const origin = createOrigin();
    const one = origin.thread().connect("default");
    await run(one, "CREATE TABLE t (a, b)");
    await run(
      one,
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO t SELECT i, randomblob(1000) FROM n",
    );
    const sum = "SELECT count(*), sum(length(b)) FROM t";
    expect(await rows(origin.thread().connect("default"), sum)).toEqual([[300n, 300_000n]]);
    await run(one, "DELETE FROM t WHERE a > 3");
    await run(one, "VACUUM");
    const again = origin.thread().connect("default");
    expect(await rows(again, sum)).toEqual([[3n, 3_000n]]);
    expect(await rows(again, "PRAGMA integrity_check")).toEqual([["ok"]]);
  });

  test("threads that write at the same time lose nothing", async () => {
    const origin = createOrigin();
    const threads = [origin.thread(), origin.thread(), origin.thread()];
    await run(origin.thread().connect("default"), "CREATE TABLE t (a)");
    const writes = threads.flatMap((thread, of) =>
      Array.from({ length: 20 }, (_, index) => {
        const connection = thread.connect("default");
        return run(connection, "INSERT INTO t VALUES (?)", BigInt(of * 20 + index)).finally(() => connection.close());
      }),
    );
    await Promise.all(writes);
    for (const thread of threads) {
      expect(await rows(thread.connect("default"), "SELECT count(DISTINCT a) FROM t")).toEqual([[60n]]);
    }
  });
});

describe("a transaction", () => {
  test("is seen by others when it is committed, and not before", async () => {
    const { one, beside, other } = connections();
    await run(one, "CREATE TABLE t (a)");
    await run(one, "BEGIN");
    await run(one, "INSERT INTO t VALUES (1)");
    expect(await rows(beside, "SELECT * FROM t")).toEqual([]);
    const later = rows(other, "SELECT * FROM t");
    await run(one, "COMMIT");
    expect(await later).toEqual([[1n]]);
    expect(await rows(beside, "SELECT * FROM t")).toEqual([[1n]]);
  });

  test("is rolled back when its connection is closed", async () => {
    const origin = createOrigin();
    const one = origin.thread().connect("default");
    const other = origin.thread().connect("default");
    await run(one, "CREATE TABLE t (a)");
    await run(one, "BEGIN");
    await run(one, "INSERT INTO t VALUES (1)");
    const later = rows(other, "SELECT * FROM t");
    one.close();
    expect(await later).toEqual([]);
  });

  test("of another connection is waited for, in the same thread and in another", async () => {
    const { one, beside, other } = connections();
    await run(one, "CREATE TABLE t (a)");
    await run(one, "BEGIN IMMEDIATE");
    const writes = [run(beside, "INSERT INTO t VALUES (2)"), run(other, "INSERT INTO t VALUES (3)")];
    await run(one, "INSERT INTO t VALUES (1)");
    await run(one, "COMMIT");
    await Promise.all(writes);
    expect(await rows(one, "SELECT a FROM t ORDER BY a")).toEqual([[1n], [2n], [3n]]);
  });

  test("that does not end makes others give up", async () => {
    const { one, beside, other } = connections();
    await run(one, "CREATE TABLE t (a)");
    await run(other, "SELECT 1");
    await run(one, "BEGIN IMMEDIATE");
    const tired = new AbortController();
    const writes = [
      beside.execute("INSERT INTO t VALUES (2)", [], tired.signal),
      other.execute("INSERT INTO t VALUES (3)", [], tired.signal),
    ];
    tired.abort();
    for (const write of writes) await expect(write).rejects.toThrow("database is locked");
    await run(one, "COMMIT");
    expect(await rows(other, "SELECT * FROM t")).toEqual([]);
  });
});

describe("limits", () => {
  test("a database that is full says so, and what was in it stays", async () => {
    const origin = createOrigin();
    const connection = origin.thread({ databaseBytes: 64 * 1024 }).connect("default");
    await run(connection, "CREATE TABLE t (a)");
    await run(connection, "INSERT INTO t VALUES (1)");
    await expect(run(connection, "INSERT INTO t VALUES (randomblob(60000))")).rejects.toThrow(
      "database or disk is full",
    );
    expect(await rows(connection, "SELECT * FROM t")).toEqual([[1n]]);
    expect(await rows(origin.thread().connect("default"), "PRAGMA integrity_check")).toEqual([["ok"]]);
  });

  test("a statement that never ends is ended, and the next one runs", async () => {
    const connection = createOrigin().thread({ statementMs: 20 }).connect("default");
    const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    await expect(run(connection, endless)).rejects.toThrow(/^interrupted: in a browser tab a statement is ended/);
    expect(await rows(connection, "SELECT 1")).toEqual([[1n]]);
  });

  test("a value larger than the memory it may have", async () => {
    const connection = createOrigin().thread().connect("default");
    await expect(run(connection, "SELECT zeroblob(900000000)")).rejects.toThrow("out of memory");
    expect(await rows(connection, "SELECT 1")).toEqual([[1n]]);
  });
});

test("what the browser refuses to store has not happened", async () => {
  const origin = createOrigin();
  const thread = origin.thread();
  const [one, beside] = [thread.connect("default"), thread.connect("default")];
  await run(one, "CREATE TABLE t (a)");
  await run(beside, "SELECT 1");
  const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
    throw new DOMException("no space", "QuotaExceededError");
  });
  await expect(run(one, "INSERT INTO t VALUES (1)")).rejects.toMatchObject({ code: "store-unavailable" });
  put.mockRestore();
  expect(await rows(beside, "SELECT * FROM t")).toEqual([]);
  await run(one, "INSERT INTO t VALUES (2)");
  expect(await rows(origin.thread().connect("default"), "SELECT * FROM t")).toEqual([[2n]]);
});
