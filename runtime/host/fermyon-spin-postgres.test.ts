import { expect, test, vi } from "vitest";
import { parseAllowedHosts } from "../manifest/allowed-hosts.ts";
import { testBackEnds } from "../stores/back-ends-for-tests.ts";
import type { PostgresConnection, PostgresDatabases } from "../stores/postgres/postgres-databases.ts";
import { PostgresFailure, type RowSet } from "../stores/postgres/values.ts";
import { fermyonSpinPostgres } from "./fermyon-spin-postgres.ts";
import { spinTestContext, witErrorOf } from "./fermyon-spin-test-context.ts";
import { spinPostgres3, spinPostgres4 } from "./spin-postgres.ts";

const address = "postgres://me:secret@db/shop";
const hosts = parseAllowedHosts(["postgres://db"]);

/** Interfaces over a server that answers as given. */
function start(server: Partial<PostgresConnection> = {}) {
  const close = vi.fn();
  const connection = { query: unused, execute: unused, close, ...server };
  const connect = vi.fn<PostgresDatabases["connect"]>(() => Promise.resolve(connection));
  const end = new AbortController();
  const context = spinTestContext({ hosts, signal: end.signal, backEnds: testBackEnds({ postgres: { connect } }) });
  return {
    v2: fermyonSpinPostgres(context).Connection,
    v3: spinPostgres3(context).Connection,
    v4: spinPostgres4(context).Connection,
    builder: spinPostgres4(context).ConnectionBuilder,
    close,
    connect,
    context,
    end,
  };
}

function unused(): never {
  return expect.fail("The server was asked something else.");
}

const bytes = Uint8Array.of(1, 2);
const rowSet: RowSet = {
  columns: [
    { name: "a", dataType: { tag: "int32" } },
    { name: "b", dataType: { tag: "date" } },
    { name: "c", dataType: { tag: "uuid" } },
    { name: "d", dataType: { tag: "other", val: "mood" } },
    { name: "e", dataType: { tag: "str" } },
  ],
  rows: [
    [
      { tag: "int32", val: 1 },
      { tag: "date", val: [2025, 1, 2] },
      { tag: "uuid", val: "f81d4fae-7dec-11d0-a765-00a0c91e6bf6" },
      { tag: "unsupported", val: bytes },
      { tag: "db-null" },
    ],
  ],
};

test("each version of the interface has the values it knows, and no others", async () => {
  const { v2, v3, v4 } = start({ query: () => Promise.resolve(rowSet) });
  expect(await (await v4.open(address)).query("SELECT", [])).toEqual(rowSet);
  const { columns, rows } = await (await v3.open(address)).query("SELECT", []);
  expect(columns.map(({ dataType }) => dataType)).toEqual(["int32", "date", "other", "other", "str"]);
  expect(rows).toEqual([
    [
      { tag: "int32", val: 1 },
      { tag: "date", val: [2025, 1, 2] },
      { tag: "unsupported" },
      { tag: "unsupported" },
      { tag: "db-null" },
    ],
  ]);
  const oldest = await (await v2.open(address)).query("SELECT", []);
  expect(oldest.columns.map(({ dataType }) => dataType)).toEqual(["int32", "other", "other", "other", "str"]);
  expect(oldest.rows[0]?.[1]).toEqual({ tag: "unsupported" });
});

test("an error of Postgres has its parts in the newest interface, and is a text in the older ones", async () => {
  const dbError = {
    asText: "Error { kind: Db }",
    severity: "ERROR",
    code: "42P01",
    message: 'relation "x" does not exist',
    detail: undefined,
    extras: [],
  };
  const error = { tag: "query-failed", val: { tag: "db-error", val: dbError } } as const;
  const { v2, v3, v4 } = start({ execute: () => Promise.reject(new PostgresFailure(error)) });
  const refused = { tag: "query-failed", val: "Error { kind: Db }" };
  expect(await witErrorOf(async () => (await v2.open(address)).execute("x", []))).toEqual(refused);
  expect(await witErrorOf(async () => (await v3.open(address)).execute("x", []))).toEqual(refused);
  expect(await witErrorOf(async () => (await v4.open(address)).execute("x", []))).toEqual(error);
});

test("what is no value of Postgres is refused before it is asked", async () => {
  const { v2 } = start();
  const connection = await v2.open(address);
  const params = [{ tag: "uint8" as const, val: 1 }];
  const error = { tag: "value-conversion-failed", val: "Postgres does not support unsigned integers" };
  expect(await witErrorOf(() => connection.query("SELECT $1", params))).toEqual(error);
  expect(await witErrorOf(() => connection.execute("SELECT $1", params))).toEqual(error);
});

test.each([
  ["postgres://u:p@other/x", "postgres://other:5432"],
  ["user=me port=5433", "postgres://localhost:5433"],
])("what the manifest does not permit (%s) is denied as in Spin", async (denied, shown) => {
  const { v2, v4, builder, connect, context } = start();
  const error = { tag: "connection-failed", val: `address ${shown} is not permitted` };
  expect(await witErrorOf(() => v2.open(denied))).toEqual(error);
  expect(await witErrorOf(() => v4.open(denied))).toEqual(error);
  expect(await witErrorOf(() => new builder(denied).build())).toEqual(error);
  expect(connect).not.toHaveBeenCalled();
  expect(context.notices.join()).toMatch(/To allow this request, add 'allowed_outbound_hosts/);
});

test("the component's log hears what plays the server", async () => {
  const { v2, connect, context } = start();
  await v2.open(address);
  connect.mock.calls[0]?.[1].noticeOnce("It is a tab.");
  connect.mock.calls[0]?.[1].notice("It starts.");
  expect(context.notices).toEqual(["It is a tab.", "It starts."]);
});

test("a connection is closed when it is dropped, and else with its request", async () => {
  const { v4, close, end } = start();
  const connection = await v4.open(address);
  await v4.open(address);
  connection[Symbol.dispose]();
  expect(close).toHaveBeenCalledTimes(1);
  end.abort();
  expect(close).toHaveBeenCalledTimes(2);
});

test("one that opens after the end of its request is closed at once", async () => {
  const { v4, close, end } = start();
  const opened = v4.open(address);
  end.abort();
  await opened;
  expect(close).toHaveBeenCalledOnce();
});

test("an instance may have 256 connections", async () => {
  const { v2 } = start();
  const opened = await Promise.all(Array.from({ length: 256 }, () => v2.open(address)));
  expect(await witErrorOf(() => v2.open(address))).toEqual({ tag: "connection-failed", val: "too many connections" });
  opened[0]?.[Symbol.dispose]();
  await v2.open(address);
});
