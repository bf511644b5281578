import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { DataSets } from "./data-sets.ts";
import { createIndexedDbDataSets } from "./indexeddb-data-sets.ts";
import { valueBytes } from "./limits.ts";
import { createMemoryDataSets } from "./memory-data-sets.ts";
import { createRedis, type RedisConnection } from "./redis.ts";
import type { Reply } from "./reply.ts";

const publisher = { send: () => undefined, countListeners: () => Promise.resolve(0) };
let database = 0;

function connect(dataSets: DataSets, address = "redis://server"): RedisConnection {
  return createRedis(dataSets, publisher).connect(address) ?? expect.fail("no such address");
}

const run = (connection: RedisConnection, line: string): Promise<Reply> => connection.command(line.split(" "));

const backEnds: Record<string, (mostBytes?: number) => DataSets> = {
  memory: (mostBytes) => createMemoryDataSets(mostBytes),
  IndexedDB: (mostBytes = Infinity) =>
    createIndexedDbDataSets({ mostBytes: () => mostBytes, databaseName: `redis-${String((database += 1))}` }),
};

describe.each(Object.entries(backEnds))("data sets in %s", (_name, create) => {
  it("keep values of each type", async () => {
    const connection = connect(create());
    for (const line of ["SET s v", "HSET h f v", "RPUSH l a b", "SADD m x", "ZADD z 2 b 1 a"]) {
      await run(connection, line);
    }
    expect(await run(connection, "GET s")).toBe("v");
    expect(await run(connection, "HGETALL h")).toEqual(["f", "v"]);
    expect(await run(connection, "LRANGE l 0 -1")).toEqual(["a", "b"]);
    expect(await run(connection, "SMEMBERS m")).toEqual(["x"]);
    expect(await run(connection, "ZRANGE z 0 -1")).toEqual(["a", "b"]);
    expect(await run(connection, "KEYS *")).toEqual(["h", "l", "m", "s", "z"]);
  });

  it("keep any bytes as keys and values", async () => {
    const connection = connect(create());
    const bytes = String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte));
    await connection.command(["SET", bytes, bytes]);
    expect(await connection.command(["GET", bytes])).toBe(bytes);
    expect(await run(connection, "KEYS *")).toEqual([bytes]);
  });

  it("are one for each server and database", async () => {
    const dataSets = create();
    await run(connect(dataSets, "redis://server:6379"), "SET key first");
    const asked = [
      "redis://server/0",
      "redis://me:secret@SERVER",
      "redis://server/1",
      "redis://server:6380",
      "redis://other",
    ];
    const found = asked.map((address) => run(connect(dataSets, address), "GET key"));
    expect(await Promise.all(found)).toEqual(["first", "first", null, null, null]);
    await run(connect(dataSets, "redis://127.0.0.1"), "SET key local");
    expect(await run(connect(dataSets, "redis://localhost"), "GET key")).toBe("local");
    await run(connect(dataSets, "redis://server/1"), "SET key second");
    await run(connect(dataSets, "redis://server"), "FLUSHDB");
    expect(await run(connect(dataSets, "redis://server/1"), "DBSIZE")).toBe(1);
    await run(connect(dataSets, "redis://server"), "FLUSHALL");
    expect(await run(connect(dataSets, "redis://server/1"), "DBSIZE")).toBe(0);
    expect(await run(connect(dataSets, "redis://localhost"), "DBSIZE")).toBe(1);
  });

  it("change nothing when a command fails", async () => {
    const connection = connect(create());
    await run(connection, "RPUSH list a");
    await expect(run(connection, "LSET list 5 x")).rejects.toThrow("ERR index out of range");
    await expect(run(connection, "ZADD zset 1 a x b")).rejects.toThrow("ERR value is not a valid float");
    expect(await run(connection, "LRANGE list 0 -1")).toEqual(["a"]);
    expect(await run(connection, "DBSIZE")).toBe(1);
  });

  it("refuse what goes beyond their size, and take it when there is room again", async () => {
    const connection = connect(create(1000));
    await run(connection, `SET a ${"x".repeat(400)}`);
    await run(connection, `SET b ${"x".repeat(400)}`);
    await expect(run(connection, `SET c ${"x".repeat(400)}`)).rejects.toThrow(
      "OOM command not allowed when used memory > 'maxmemory'.",
    );
    expect(await run(connection, "GET c")).toBeNull();
    await run(connection, "SET b short");
    await run(connection, `SET c ${"x".repeat(400)}`);
    await run(connection, "FLUSHDB");
    await run(connection, `SET d ${"x".repeat(900)}`);
    await run(connection, "DEL d");
    await run(connection, `SET e ${"x".repeat(900)}`);
  });

  it("refuse a value that is too large", async () => {
    const connection = connect(create());
    await expect(connection.command(["SET", "key", "x".repeat(valueBytes)])).rejects.toThrow(/ERR .* larger than/);
    await expect(run(connection, `SETRANGE key ${String(valueBytes)} x`)).rejects.toThrow("ERR string exceeds maximum");
    expect(await run(connection, "DBSIZE")).toBe(0);
  });

  it("lose a key when its time is over", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_000_000 });
    try {
      const connection = connect(create(1000));
      await run(connection, `SET key ${"x".repeat(800)} PX 500`);
      vi.setSystemTime(1_000_499);
      expect(await run(connection, "PTTL key")).toBe(1);
      vi.setSystemTime(1_000_500);
      expect(await run(connection, "GET key")).toBeNull();
      expect(await run(connection, "KEYS *")).toEqual([]);
      expect(await run(connection, "SET key new NX")).toMatchObject({ text: "OK" });
      // What it took is free again.
      await run(connection, `SET other ${"x".repeat(800)}`);
    } finally {
      vi.useRealTimers();
    }
  });

  it("give every key to SCAN, in several steps", async () => {
    const connection = connect(create());
    const names = Array.from({ length: 40 }, (_, index) => `key:${String(index)}`);
    await connection.command(["MSET", ...names.flatMap((name) => [name, "v"])]);
    const found: string[] = [];
    let [cursor, steps] = ["0", 0];
    do {
      const [next, keys] = (await run(connection, `SCAN ${cursor} COUNT 7`)) as [string, string[]];
      found.push(...keys);
      // A key that goes does not move the others out of sight.
      await run(connection, `DEL ${keys[0] ?? ""}`);
      cursor = next;
      steps += 1;
    } while (cursor !== "0");
    expect(found.sort()).toEqual(names.sort());
    expect(steps).toBeGreaterThan(3);
  });
});

describe("data sets in IndexedDB", () => {
  let name = "";
  beforeEach(() => {
    name = `redis-${String((database += 1))}`;
  });
  const open = () => connect(createIndexedDbDataSets({ mostBytes: () => Infinity, databaseName: name }));

  it("are the same for all that open them", async () => {
    await run(open(), "SET key value");
    expect(await run(open(), "GET key")).toBe("value");
  });

  it("lose no change of those who write at the same time", async () => {
    const workers = [open(), open(), open()];
    const changes = workers.flatMap((connection, worker) =>
      Array.from({ length: 50 }, async (_, index) => {
        await run(connection, "INCR counter");
        await run(connection, `RPUSH list ${String(worker)}:${String(index)}`);
      }),
    );
    await Promise.all(changes);
    expect(await run(open(), "GET counter")).toBe("150");
    expect(new Set((await run(open(), "LRANGE list 0 -1")) as string[]).size).toBe(150);
  });

  it("say what the browser refuses", async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("no space", "QuotaExceededError");
    });
    try {
      await expect(run(open(), "SET key value")).rejects.toMatchObject({
        code: "store-unavailable",
        message: "The browser has no room left to store data of Redis for this application (no space).",
      });
    } finally {
      put.mockRestore();
    }
  });
});
