import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { BrokerToDatabase, DatabaseToBroker } from "../../protocol.ts";
import { type Connection, Database } from "./database.ts";
import { holdsSession } from "./holds-session.ts";
import type { Outcome } from "./session.ts";

/** A thread whose Postgres knows transactions and nothing else. */
class FakeThread extends EventTarget {
  readonly heard: string[] = [];
  isEnded = false;

  constructor(name: string, threads: FakeThread[]) {
    super();
    void name;
    threads.push(this);
  }

  postMessage(message: BrokerToDatabase): void {
    const said =
      message.type === "run" ? message.statement.sql : message.type === "reset" ? `reset ${message.all}` : message.type;
    this.heard.push(said);
    if (said === "endless") return;
    const status = /^(BEGIN|in)/.test(said) ? "transaction" : "idle";
    const result: Outcome["result"] = {
      ok: true,
      rowSet: { columns: [], rows: [] },
      affected: BigInt(this.heard.length),
    };
    const outcome: Outcome = { result, status, command: "" };
    const answer: DatabaseToBroker =
      said === "break"
        ? { type: "broken", reason: "Postgres broke down." }
        : message.type === "run"
          ? { type: "outcome", outcome }
          : { type: "done" };
    queueMicrotask(() => this.dispatchEvent(new MessageEvent("message", { data: answer })));
  }

  terminate(): void {
    this.isEnded = true;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function startDatabase({ isWanted = false, acquire = () => Promise.resolve(() => {}) } = {}) {
  const threads: FakeThread[] = [];
  const released = vi.fn();
  const database = new Database({
    name: "shop",
    spawn: () => new FakeThread("shop", threads) as unknown as Worker,
    acquire: async () => {
      await acquire();
      return released;
    },
    askOthers: () => {},
    isWanted: () => Promise.resolve(isWanted),
  });
  const connect = (): Promise<Connection> => database.connect(1000, () => {});
  return { database, threads, connect, released, heard: () => threads.map(({ heard }) => heard) };
}

const run = (connection: Connection, sql: string) => connection.run({ sql, params: [], kind: "query" }, 1000);
const textOf = (result: Outcome["result"]): unknown => (result.ok ? "ok" : result.error.val);

test("one Postgres starts for all connections, when the first is opened", async () => {
  const { connect, threads, heard } = startDatabase();
  expect(threads).toHaveLength(0);
  const [a, b] = await Promise.all([connect(), connect()]);
  await Promise.all([run(a, "SELECT 1"), run(b, "SELECT 2")]);
  expect(heard()).toEqual([["open", "SELECT 1", "SELECT 2"]]);
});

test("who has a transaction open keeps the session until it ends", async () => {
  const { connect, heard } = startDatabase();
  const [a, b] = await Promise.all([connect(), connect()]);
  await run(a, "BEGIN");
  const other = run(b, "SELECT b");
  await run(a, "in a");
  await run(a, "COMMIT");
  await other;
  expect(heard()).toEqual([["open", "BEGIN", "in a", "COMMIT", "SELECT b"]]);
});

test("what a closed connection left open is rolled back, and its settings are taken back", async () => {
  const { connect, heard } = startDatabase();
  const [a, b] = await Promise.all([connect(), connect()]);
  await run(a, "BEGIN");
  const other = run(b, "SET x = 1");
  a.close();
  await other;
  const third = run(await connect(), "SELECT 3");
  b.close();
  await third;
  expect(heard()).toEqual([["open", "BEGIN", "reset false", "SET x = 1", "reset true", "SELECT 3"]]);
});

test("who waits too long is told why, and one that is closed waits no longer", async () => {
  const { connect, heard } = startDatabase();
  const [a, b, c] = await Promise.all([connect(), connect(), connect()]);
  await run(a, "BEGIN");
  const waiting = run(b, "SELECT b");
  const leaving = run(c, "SELECT c");
  c.close();
  expect(textOf(await leaving)).toMatchObject({ tag: "text" });
  await vi.advanceTimersByTimeAsync(1000);
  expect(textOf(await waiting)).toEqual({
    tag: "text",
    val: expect.stringMatching(/^The database was not free within 1 s/),
  });
  await run(a, "COMMIT");
  expect(textOf(await run(b, "SELECT again"))).toBe("ok");
  expect(heard()).toEqual([["open", "BEGIN", "COMMIT", "SELECT again"]]);
});

test("a statement that never ends is ended with its thread; its connection is closed, others get a new Postgres", async () => {
  const { connect, threads, heard, released } = startDatabase();
  const [a, b] = await Promise.all([connect(), connect()]);
  await run(a, "BEGIN");
  const stuck = run(a, "endless");
  await vi.advanceTimersByTimeAsync(1000);
  expect(textOf(await stuck)).toEqual({
    tag: "text",
    val: expect.stringMatching(/^The statement took more than 1 s.* The open transaction is rolled back\.$/),
  });
  expect([threads[0]?.isEnded, released.mock.calls.length]).toEqual([true, 1]);
  expect(textOf(await run(a, "COMMIT"))).toEqual({ tag: "text", val: "Error { kind: Closed, cause: None }" });
  expect(textOf(await run(b, "SELECT b"))).toBe("ok");
  expect(heard()).toEqual([
    ["open", "BEGIN", "endless"],
    ["open", "SELECT b"],
  ]);
});

test("a Postgres that breaks down is ended", async () => {
  const { connect, threads } = startDatabase();
  const a = await connect();
  expect(textOf(await run(a, "break"))).toEqual({ tag: "text", val: expect.stringMatching(/^Postgres broke down/) });
  expect(threads[0]?.isEnded).toBe(true);
});

test("another tab gets the data when nobody uses it, and this one starts again for the next statement", async () => {
  const { database, connect, heard, released } = startDatabase();
  const a = await connect();
  await run(a, "BEGIN");
  database.handOver();
  await run(a, "COMMIT");
  await vi.waitFor(() => expect(released).toHaveBeenCalledOnce());
  await run(a, "SELECT 1");
  expect(heard()).toEqual([
    ["open", "BEGIN", "COMMIT", "close"],
    ["open", "SELECT 1"],
  ]);
});

test("data that another tab waits for since before is handed over, too", async () => {
  const { connect, released } = startDatabase({ isWanted: true });
  await connect();
  await vi.waitFor(() => expect(released).toHaveBeenCalledOnce());
});

test("data that another tab keeps is a failed connection", async () => {
  const { connect, threads } = startDatabase({ acquire: () => Promise.reject(new Error("timeout")) });
  await expect(connect()).rejects.toThrow("Another tab uses the database and did not give it free within 1 s.");
  expect(threads).toHaveLength(0);
});

test.each([
  ["SET search_path = x", true],
  ["  prepare p AS SELECT 1", true],
  ["CREATE TEMP TABLE t ()", true],
  ["SELECT set_config('a.b', 'c', false)", true],
  ["SELECT pg_advisory_lock(1)", true],
  ["UPDATE t SET a = 1", false],
  ["SELECT temperature FROM t", false],
])("%s: whether it leaves something in the session is %s", (sql, holds) => {
  expect(holdsSession(sql)).toBe(holds);
});
