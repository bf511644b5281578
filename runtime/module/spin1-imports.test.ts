import { describe, expect, it } from "vitest";
import { spin1Imports } from "../host/core-module-facts.ts";
import { WitError } from "../host/wit-error.ts";
import { createSpin1Imports } from "./spin1-imports.ts";
import { FakeGuest } from "./testing/fake-guest.ts";

/** The offsets are those of the ABI of wit-bindgen 0.2, written out: the codecs must come to the same. */

const fails = (payload: unknown) => () => Promise.reject(new WitError(payload));
const words = (view: DataView, ...offsets: number[]): number[] => offsets.map((at) => view.getUint32(at, true));

it("every function of the table of facts is there, and no other", () => {
  const hosts = Object.values(spin1Imports).map(({ provider }) => [provider.replace(/@2\.0\.0$/, "@2"), {}]);
  const made = createSpin1Imports(Object.fromEntries(hosts) as Record<string, object>);
  const names = Object.entries(made).map(([module, functions]) => [module, Object.keys(functions).sort()]);
  expect(Object.fromEntries(names)).toEqual(
    Object.fromEntries(Object.entries(spin1Imports).map(([module, { functions }]) => [module, [...functions].sort()])),
  );
});

describe("key-value", () => {
  const store = {
    get: async (key: string) => (key === "there" ? Uint8Array.of(1, 2, 3) : undefined),
    set: async () => undefined,
    delete: fails({ tag: "other", val: "no room" }),
    exists: async () => true,
    getKeys: async () => ["one", "three"],
  };
  const names = ["open", "get", "set", "delete", "exists", "get-keys", "close"].map((name) => `key-value#${name}`);
  const open = (label: string) => (label === "default" ? Promise.resolve(store) : fails({ tag: "access-denied" })());
  const made = () => new FakeGuest({ "fermyon:spin/key-value@2": { Store: { open } } }, names);

  it("returns what a store gives", async () => {
    const guest = made();
    const opened = await guest.call("key-value#open", "default");
    expect(opened.getUint8(0)).toBe(0);
    const [handle = 0] = words(opened, 4);
    const got = await guest.call("key-value#get", handle, "there");
    expect([got.getUint8(0), guest.read(got, 4)]).toEqual([0, "\u0001\u0002\u0003"]);
    expect((await guest.call("key-value#set", handle, "a", "b")).getUint8(0)).toBe(0);
    const exists = await guest.call("key-value#exists", handle, "a");
    expect([exists.getUint8(0), exists.getUint8(4)]).toEqual([0, 1]);
    const keys = await guest.call("key-value#get-keys", handle);
    const [list = 0, count] = words(keys, 4, 8);
    expect(count).toBe(2);
    expect(guest.read(new DataView(guest.memory.buffer, list + 8), 0)).toBe("three");
  });

  it("returns errors, and says so in the trace", async () => {
    const guest = made();
    const denied = await guest.call("key-value#open", "other");
    expect([denied.getUint8(0), denied.getUint8(4)]).toEqual([1, 2]);
    const unopened = await guest.call("key-value#get", 7, "there");
    expect([unopened.getUint8(0), unopened.getUint8(4)]).toEqual([1, 3]);
    const [handle = 0] = words(await guest.call("key-value#open", "default"), 4);
    const missing = await guest.call("key-value#get", handle, "missing");
    expect([missing.getUint8(0), missing.getUint8(4)]).toEqual([1, 4]);
    const full = await guest.call("key-value#delete", handle, "a");
    expect([full.getUint8(0), full.getUint8(4), guest.read(full, 8)]).toEqual([1, 5, "no room"]);
    expect(guest.calls?.errors).toEqual([
      [0, "access-denied"],
      [1, "invalid-store"],
      [3, "no-such-key"],
      [4, "io: no room"],
    ]);
  });

  it("has 256 stores open at most, and places for those that were closed", async () => {
    const guest = made();
    for (let count = 0; count < 256; count++) await guest.call("key-value#open", "default");
    const more = await guest.call("key-value#open", "default");
    expect([more.getUint8(0), more.getUint8(4)]).toEqual([1, 0]);
    await guest.call("key-value#close", 1);
    expect((await guest.call("key-value#open", "default")).getUint8(0)).toBe(0);
  });
});

describe("spin-config", () => {
  it.each([
    ["invalid-name", 1, "text"],
    ["undefined", 0, "text"],
    ["provider", 3, 'Error::Provider("text")'],
    ["other", 3, 'Error::Other("text")'],
  ])("maps the error %s as Spin does", async (tag, number, text) => {
    const guest = new FakeGuest({ "fermyon:spin/variables@2": { get: fails({ tag, val: "text" }) } }, [
      "spin-config#get-config",
    ]);
    const view = await guest.call("spin-config#get-config", "key");
    expect([view.getUint8(0), view.getUint8(4), guest.read(view, 8)]).toEqual([1, number, text]);
  });
});

describe("wasi-outbound-http", () => {
  const name = "wasi-outbound-http#request";

  it("sends the request, and returns status, headers and body", async () => {
    let sent: unknown;
    const sendRequest = async (request: unknown) => {
      sent = request;
      return { status: 201, headers: [["x-a", "b"]], body: Uint8Array.of(0x68, 0x69) };
    };
    const guest = new FakeGuest({ "fermyon:spin/http": { sendRequest } }, [name]);
    const header = guest.guest.allocate(16, 4);
    const [nameAt, nameLength] = guest.text("x-sent");
    const [valueAt, valueLength] = guest.text("1");
    for (const [index, word] of [nameAt, nameLength, valueAt, valueLength].entries())
      guest.guest.memory.setU32(header + 4 * index, word);
    const view = await guest.call(name, 4, "https://x.test/", header, 1, 0, 0, 1, "body");
    expect(sent).toEqual({
      method: "patch",
      uri: "https://x.test/",
      headers: [["x-sent", "1"]],
      params: [],
      body: new TextEncoder().encode("body"),
    });
    expect([view.getUint8(0), view.getUint16(4, true), view.getUint8(8), view.getUint8(20)]).toEqual([0, 201, 1, 1]);
    const [headersAt = 0, count] = words(view, 12, 16);
    const first = new DataView(guest.memory.buffer, headersAt);
    expect([count, guest.read(first, 0), guest.read(first, 8), guest.read(view, 24)]).toEqual([1, "x-a", "b", "hi"]);
  });

  it("sends none as a body that is none", async () => {
    const bodies: unknown[] = [];
    const sendRequest = async ({ body }: { body: unknown }) => {
      bodies.push(body);
      throw new WitError("too-many-requests");
    };
    const guest = new FakeGuest({ "fermyon:spin/http": { sendRequest } }, [name]);
    const view = await guest.call(name, 0, "https://x.test/", 0, 0, 0, 0, 0, 0, 0);
    expect([bodies, view.getUint8(0), view.getUint8(4)]).toEqual([[undefined], 1, 5]);
  });
});

describe("outbound-redis", () => {
  const asked: unknown[] = [];
  let disposed = 0;
  const connection = new Proxy(
    {},
    {
      get: (_target, method) => {
        // A promise would be settled with what it takes for another.
        if (method === "then") return undefined;
        if (typeof method === "symbol") return () => (disposed += 1);
        return async (...values: unknown[]) => {
          asked.push([method, ...values]);
          const results: Record<string, unknown> = {
            get: Uint8Array.of(0x76),
            incr: -2n,
            del: 3,
            smembers: ["m"],
            execute: [{ tag: "nil" }, { tag: "status", val: "OK" }, { tag: "int64", val: -1n }],
          };
          return results[method];
        };
      },
    },
  );
  const names = spin1Imports["outbound-redis"]?.functions.map((name) => `outbound-redis#${name}`) ?? [];
  const open = async (address: string) => (address === "redis://x" ? connection : fails({ tag: "invalid-address" })());

  it("opens a connection for each call, and closes it", async () => {
    const guest = new FakeGuest({ "fermyon:spin/redis@2": { Connection: { open } } }, names);
    const got = await guest.call("outbound-redis#get", "redis://x", "k");
    expect([got.getUint8(0), guest.read(got, 4)]).toEqual([0, "v"]);
    const count = await guest.call("outbound-redis#incr", "redis://x", "k");
    expect([count.getUint8(0), count.getBigInt64(8, true)]).toEqual([0, -2n]);
    const keys = guest.guest.allocate(8, 4);
    const [at, length] = guest.text("gone");
    guest.guest.memory.setU32(keys, at);
    guest.guest.memory.setU32(keys + 4, length);
    const deleted = await guest.call("outbound-redis#del", "redis://x", keys, 1);
    expect([deleted.getUint8(0), deleted.getBigInt64(8, true)]).toEqual([0, 3n]);
    // `redis-parameter` and `redis-result` are 16 bytes each: a tag, and what it stands for at 8.
    const parameters = guest.guest.allocate(16, 8);
    guest.guest.memory.setU64(parameters + 8, 5n);
    const executed = await guest.call("outbound-redis#execute", "redis://x", "SET", parameters, 1);
    const [list = 0, results] = words(executed, 4, 8);
    const view = new DataView(guest.memory.buffer, list);
    expect([executed.getUint8(0), results, view.getUint8(0), view.getUint8(16), guest.read(view, 24)]).toEqual([
      0,
      3,
      0,
      1,
      "OK",
    ]);
    expect([view.getUint8(32), view.getBigInt64(40, true)]).toEqual([2, -1n]);
    expect(asked).toEqual([
      ["get", "k"],
      ["incr", "k"],
      ["del", ["gone"]],
      ["execute", "SET", [{ tag: "int64", val: 5n }]],
    ]);
    expect(disposed).toBe(4);
  });

  it("has one error for all", async () => {
    const guest = new FakeGuest({ "fermyon:spin/redis@2": { Connection: { open } } }, names);
    const published = await guest.call("outbound-redis#publish", "redis://y", "c", "p");
    expect([published.getUint8(0), published.getUint8(1)]).toEqual([1, 1]);
    const got = await guest.call("outbound-redis#get", "redis://y", "k");
    expect([got.getUint8(0), got.getUint8(4)]).toEqual([1, 1]);
    const count = await guest.call("outbound-redis#incr", "redis://y", "k");
    expect([count.getUint8(0), count.getUint8(8)]).toEqual([1, 1]);
  });
});

describe.each(["outbound-pg", "outbound-mysql"])("%s", (module) => {
  const track = module === "outbound-pg" ? "fermyon:spin/postgres@2" : "fermyon:spin/mysql@2";
  const isMysql = module === "outbound-mysql";
  const names = [`${module}#query`, `${module}#execute`];

  it("sends parameters, and returns columns and rows", async () => {
    const asked: unknown[] = [];
    const connection = {
      async query(...values: unknown[]) {
        asked.push(values);
        const columns = [
          { name: "n", dataType: "int64" },
          { name: "t", dataType: "str" },
        ];
        return {
          columns,
          rows: [
            [
              { tag: "int64", val: -9n },
              { tag: "str", val: "text" },
            ],
            [{ tag: "db-null" }, { tag: "unsupported" }],
          ],
        };
      },
      execute: async () => 7n,
    };
    const guest = new FakeGuest({ [track]: { Connection: { open: async () => connection } } }, names);
    // `parameter-value` is 16 bytes: a tag, and what it stands for at 8.
    const { guest: host } = guest;
    const parameters = host.allocate(48, 8);
    host.memory.setU8(parameters, 2);
    host.memory.setU16(parameters + 8, 0xffff);
    host.memory.setU8(parameters + 16, 10);
    host.memory.setF64(parameters + 24, 0.5);
    host.memory.setU8(parameters + 32, 13);
    const view = await guest.call(`${module}#query`, "address", "SELECT", parameters, 3);
    expect(asked).toEqual([
      ["SELECT", [{ tag: "int16", val: -1 }, { tag: "floating64", val: 0.5 }, { tag: "db-null" }]],
    ]);
    const [columnsAt = 0, columns, rowsAt = 0, rows] = words(view, 4, 8, 12, 16);
    expect([view.getUint8(0), columns, rows]).toEqual([0, 2, 2]);
    // A column is 12 bytes: a name, and the number of its type.
    const second = new DataView(guest.memory.buffer, columnsAt + 12);
    expect([guest.read(second, 0), second.getUint8(8)]).toEqual(["t", 11]);
    const [firstRow = 0, values] = words(new DataView(guest.memory.buffer, rowsAt), 0, 4);
    const row = new DataView(guest.memory.buffer, firstRow);
    expect([values, row.getUint8(0), row.getBigInt64(8, true), row.getUint8(16), guest.read(row, 24)]).toEqual([
      2,
      4,
      -9n,
      11,
      "text",
    ]);
    const executed = await guest.call(`${module}#execute`, "address", "DELETE", 0, 0);
    expect(executed.getUint8(0)).toBe(0);
    // `execute` of MySQL does not tell how many.
    if (!isMysql) expect(executed.getBigUint64(8, true)).toBe(7n);
  });

  it("returns errors, the last of them under its old name", async () => {
    const guest = new FakeGuest({ [track]: { Connection: { open: fails({ tag: "other", val: "why" }) } } }, names);
    const view = await guest.call(`${module}#query`, "address", "SELECT", 0, 0);
    expect([view.getUint8(0), view.getUint8(4), guest.read(view, 8)]).toEqual([1, 5, "why"]);
    const executed = await guest.call(`${module}#execute`, "address", "SELECT", 0, 0);
    const at = isMysql ? 4 : 8;
    expect([executed.getUint8(0), executed.getUint8(at), guest.read(executed, at + 4)]).toEqual([1, 5, "why"]);
  });
});

describe("llm", () => {
  const usage = { promptTokenCount: 3, generatedTokenCount: 4 };

  it("passes parameters on, if there are any", async () => {
    const asked: unknown[] = [];
    const infer = async (...values: unknown[]) => {
      asked.push(values);
      return { text: "answer", usage };
    };
    const guest = new FakeGuest({ "fermyon:spin/llm@2": { infer } }, ["llm#infer"]);
    const view = await guest.call("llm#infer", "model", "prompt", 1, 8, 1.5, 2, 0.5, 3, 0.25);
    await guest.call("llm#infer", "model", "prompt", 0, 0, 0, 0, 0, 0, 0);
    const parameters = {
      maxTokens: 8,
      repeatPenalty: 1.5,
      repeatPenaltyLastNTokenCount: 2,
      temperature: 0.5,
      topK: 3,
      topP: 0.25,
    };
    expect(asked).toEqual([
      ["model", "prompt", parameters],
      ["model", "prompt", undefined],
    ]);
    expect([view.getUint8(0), guest.read(view, 4), ...words(view, 12, 16)]).toEqual([0, "answer", 3, 4]);
  });

  it("returns embeddings", async () => {
    const generateEmbeddings = async () => ({ embeddings: [Float32Array.of(0.5, 2)], usage });
    const guest = new FakeGuest({ "fermyon:spin/llm@2": { generateEmbeddings } }, ["llm#generate-embeddings"]);
    const view = await guest.call("llm#generate-embeddings", "model", 0, 0);
    const [outer = 0, count] = words(view, 4, 8);
    const [inner = 0, values] = words(new DataView(guest.memory.buffer, outer), 0, 4);
    const floats = new DataView(guest.memory.buffer, inner);
    expect([count, values, floats.getFloat32(0, true), floats.getFloat32(4, true)]).toEqual([1, 2, 0.5, 2]);
    expect(words(view, 12)).toEqual([3]);
  });
});

describe("a hostile guest", () => {
  const hosts = { "fermyon:spin/variables@2": { get: async () => "value" } };
  const guest = () => new FakeGuest(hosts, ["spin-config#get-config"]);

  it.each([
    ["an address outside", [0xffff_fff0, 32]],
    ["a negative length", [0, -1]],
    ["bytes that are no UTF-8", [256, 1]],
  ])("with %s traps", async (_what, [address = 0, length = 0]) => {
    const made = guest();
    made.guest.memory.setU8(256, 0xff);
    await expect(made.call("spin-config#get-config", address, length)).rejects.toThrow();
  });

  it.each(["spin-config#constructor", "spin-config#__proto__", "__proto__#toString", "constructor#name"])(
    "that imports %s gets nothing of JavaScript",
    async (name) => {
      const made = new FakeGuest(hosts, [name]);
      await expect(made.call(name)).rejects.toThrow(`the host has no ${name.replace("#", ".")}`);
    },
  );

  it("with a list of more elements than are taken traps", async () => {
    const made = new FakeGuest({ "fermyon:spin/llm@2": {} }, ["llm#generate-embeddings"]);
    await expect(made.call("llm#generate-embeddings", "model", 0, 1_000_001)).rejects.toThrow("1000000 elements");
    await expect(made.call("llm#generate-embeddings", "model", 0, -1)).rejects.toThrow("1000000 elements");
  });

  it("that points to one thing many times traps, before it becomes large", async () => {
    const made = new FakeGuest({ "fermyon:spin/llm@2": { generateEmbeddings: async () => expect.fail() } }, [
      "llm#generate-embeddings",
    ]);
    const texts = made.guest.allocate(8 * 1000, 4);
    for (let index = 0; index < 1000; index++) {
      made.guest.memory.setU32(texts + 8 * index, 100_000);
      made.guest.memory.setU32(texts + 8 * index + 4, 100_000);
    }
    await expect(made.call("llm#generate-embeddings", "model", texts, 1000)).rejects.toThrow("by pointing twice");
  });
});
