import { describe, expect, it } from "vitest";
import { PlaygroundError } from "../errors.ts";
import { parseAllowedHosts } from "../manifest/allowed-hosts.ts";
import type { PublishedMessage } from "../protocol.ts";
import { testBackEnds } from "../stores/back-ends-for-tests.ts";
import { createMemoryDataSets } from "../stores/redis/memory-data-sets.ts";
import { createRedis } from "../stores/redis/redis.ts";
import { text, utf8 } from "./context-for-tests.ts";
import { fermyonSpinRedis } from "./fermyon-spin-redis.ts";
import { spinTestContext, witErrorOf } from "./fermyon-spin-test-context.ts";

function redis(
  hosts = ["redis://*:*"],
  dataSets = createMemoryDataSets(),
  noticeOnce = (_text: string): void => undefined,
) {
  const sent: PublishedMessage[] = [];
  const publisher = {
    send: (message: PublishedMessage) => void sent.push(message),
    countListeners: () => Promise.resolve(3),
  };
  const context = spinTestContext({
    hosts: parseAllowedHosts(hosts),
    noticeOnce,
    backEnds: testBackEnds({ redis: createRedis(dataSets, publisher) }),
  });
  return { context, sent, ...fermyonSpinRedis(context) };
}

const binary = (value: string) => ({ tag: "binary", val: utf8(value) }) as const;
const wrongType = { tag: "other", val: "WRONGTYPE: Operation against a key holding the wrong kind of value" };

describe("fermyon:spin/redis", () => {
  it("has Redis' commands as functions", async () => {
    const { Connection, context } = redis();
    const connection = Connection.open("redis://server:6379");
    expect(await connection.get("key")).toBeUndefined();
    await connection.set("key", utf8("é"));
    expect(text((await connection.get("key")) ?? utf8(""))).toBe("é");
    expect(await connection.incr("counter")).toBe(1n);
    expect(await connection.sadd("set", ["a", "ü", "a"])).toBe(2);
    expect((await connection.smembers("set")).sort()).toEqual(["a", "ü"]);
    expect(await connection.srem("set", ["a", "b"])).toBe(1);
    expect(await connection.del(["key", "counter", "none"])).toBe(2);
    // Each of them may wait.
    expect(context.suspensions).toBe(8);
  });

  it("has every other command, and makes one list of its results", async () => {
    const connection = redis().Connection.open("redis://server");
    await connection.execute("zadd", [binary("z"), { tag: "int64", val: -7n }, binary("member")]);
    const results = await connection.execute("ZSCAN", [binary("z"), { tag: "int64", val: 0n }]);
    expect(results).toEqual([binary("0"), binary("member"), binary("-7")]);
    expect(await connection.execute("PING", [])).toEqual([{ tag: "status", val: "PONG" }]);
    expect(await connection.execute("MGET", [binary("none")])).toEqual([{ tag: "nil" }]);
    expect(await connection.execute("ZCARD", [binary("z")])).toEqual([{ tag: "int64", val: 1n }]);
    expect(await connection.execute("HGETALL", [binary("none")])).toEqual([]);
  });

  it("keeps any bytes", async () => {
    const connection = redis().Connection.open("redis://server");
    const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => index % 256);
    await connection.set("key", bytes);
    expect(await connection.get("key")).toEqual(bytes);
  });

  it("fails with the texts of Spin's client", async () => {
    const connection = redis().Connection.open("redis://server");
    await connection.set("text", utf8("x"));
    const errors = [
      await witErrorOf(() => connection.sadd("text", ["x"])),
      await witErrorOf(() => connection.incr("text")),
      await witErrorOf(() => connection.del([])),
      await witErrorOf(() => connection.execute("NOPE", [binary("a")])),
      await witErrorOf(() => connection.execute("XADD", [binary("a")])),
    ];
    const reply = (val: string) => ({
      tag: "other",
      val: `An error was signalled by the server - ResponseError: ${val}`,
    });
    expect(errors).toEqual([
      wrongType,
      reply("value is not an integer or out of range"),
      reply("wrong number of arguments for 'del' command"),
      reply("unknown command 'NOPE', with args beginning with: 'a' "),
      reply("'XADD' is a command of Redis that the Redis of this browser tab does not have"),
    ]);
    await connection.execute("SADD", [binary("bytes"), { tag: "binary", val: Uint8Array.of(0xff) }]);
    expect(await witErrorOf(() => connection.smembers("bytes"))).toEqual({
      tag: "other",
      val: "Cannot convert from UTF-8- TypeError",
    });
  });

  it("publishes to the listeners of the server", async () => {
    const { Connection, sent } = redis();
    const connection = Connection.open("redis://server/3");
    await connection.publish("news", utf8("hello"));
    expect(await connection.execute("PUBLISH", [binary("news"), binary("again")])).toEqual([{ tag: "int64", val: 3n }]);
    const message = { type: "redis", server: "server:6379", channel: "news" };
    expect(sent).toEqual([
      { ...message, payload: utf8("hello") },
      { ...message, payload: utf8("again") },
    ]);
  });

  it.each([["not a url"], ["redis://other"], ["rediss://server"], ["redis://server:1"]])(
    "denies %s, which the manifest does not permit",
    async (address) => {
      const { Connection, context } = redis(["redis://server"]);
      expect(await witErrorOf(() => Connection.open(address))).toEqual({ tag: "invalid-address" });
      expect(context.notices.join()).toContain("To allow this request, add 'allowed_outbound_hosts");
    },
  );

  it.each([["server"], ["http://server"], ["redis://server/name"], ["redis://server/1/2"]])(
    "does not read %s as an address",
    async (address) => {
      const { Connection } = redis(["*://*:*"]);
      expect(await witErrorOf(() => Connection.open(address))).toEqual({ tag: "invalid-address" });
    },
  );

  it("has 16 databases", async () => {
    const { Connection } = redis();
    Connection.open("redis://server/15");
    const val = "Redis server refused to switch database - ResponseError: DB index is out of range";
    expect(await witErrorOf(() => Connection.open("redis://server/16"))).toEqual({ tag: "other", val });
    const connection = Connection.open("redis://server");
    await connection.set("key", utf8("first"));
    await connection.execute("SELECT", [{ tag: "int64", val: 1n }]);
    expect(await connection.get("key")).toBeUndefined();
  });

  it("has 1,024 connections at a time for an instance", async () => {
    const { Connection } = redis();
    const connections = Array.from({ length: 1024 }, () => Connection.open("redis://server"));
    expect(await witErrorOf(() => Connection.open("redis://server"))).toEqual({ tag: "too-many-connections" });
    connections[0]?.[Symbol.dispose]();
    connections[0]?.[Symbol.dispose]();
    Connection.open("redis://server");
    expect(await witErrorOf(() => Connection.open("redis://server"))).toEqual({ tag: "too-many-connections" });
  });

  it("says that the server is played, whichever database it is", () => {
    const told: string[] = [];
    const { Connection } = redis(undefined, undefined, (text) => void told.push(text));
    Connection.open("redis://server");
    Connection.open("redis://me:secret@server:6379/1");
    expect(told[0]).toMatch(/^redis:\/\/server:6379 is played by a Redis of this browser tab: /);
    expect(told[1]).toBe(told[0]);
  });

  it("hands on what the browser refuses, and traps at a fault of the playground", async () => {
    const refused = new PlaygroundError("store-unavailable", "no room");
    const { Connection } = redis(undefined, { access: () => Promise.reject(refused) });
    expect(await witErrorOf(() => Connection.open("redis://server").get("key"))).toEqual({
      tag: "other",
      val: "no room",
    });
    const fault = new PlaygroundError("internal", "a fault");
    const faulty = redis(undefined, { access: () => Promise.reject(fault) });
    await expect(faulty.Connection.open("redis://server").get("key")).rejects.toBe(fault);
  });
});
