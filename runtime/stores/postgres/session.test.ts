/** Statements and values against the real Postgres that the browser has, in memory. */
import { PGlite } from "@electric-sql/pglite";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Session } from "./session.ts";
import type { ParameterValue, PostgresError, RowSet } from "./values.ts";

let postgres: PGlite;
let session: Session;

beforeAll(async () => {
  postgres = await PGlite.create();
  // It computes for seconds, which a machine that has other work makes many.
}, 60_000);
beforeEach(async () => {
  session = new Session((messages) => postgres.execProtocolRaw(messages, { syncToFs: false }));
  await session.run({ sql: "DROP TABLE IF EXISTS pets", params: [], kind: "execute" });
});

async function query(sql: string, ...params: ParameterValue[]): Promise<RowSet> {
  const { result } = await session.run({ sql, params, kind: "query" });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.rowSet;
}

async function failing(sql: string, ...params: ParameterValue[]): Promise<PostgresError> {
  const { result } = await session.run({ sql, params, kind: "query" });
  if (result.ok) throw new Error("The statement did not fail.");
  return result.error;
}

const bytes = (text: string) => new TextEncoder().encode(text);

describe("a value goes to Postgres and comes back", () => {
  const inclusive = "inclusive" as const;
  const exclusive = "exclusive" as const;
  test.each<[type: string, there: ParameterValue]>([
    ["bool", { tag: "boolean", val: true }],
    ["int2", { tag: "int16", val: -32_768 }],
    ["int4", { tag: "int32", val: 2_147_483_647 }],
    ["int8", { tag: "int64", val: -9_223_372_036_854_775_808n }],
    ["float4", { tag: "floating32", val: 1.5 }],
    ["float8", { tag: "floating64", val: -0.1 }],
    ["text", { tag: "str", val: "ä \u0001 😀" }],
    ["varchar(9)", { tag: "str", val: "" }],
    ["bytea", { tag: "binary", val: Uint8Array.of(0, 255, 10) }],
    ["date", { tag: "date", val: [1999, 12, 31] }],
    ["date", { tag: "date", val: [-43, 3, 15] }],
    ["time", { tag: "time", val: [23, 59, 59, 123_456_000] }],
    ["timestamp", { tag: "datetime", val: [2024, 2, 29, 12, 34, 56, 789_000] }],
    ["timestamp", { tag: "datetime", val: [1969, 7, 20, 20, 17, 40, 0] }],
    ["uuid", { tag: "uuid", val: "f81d4fae-7dec-11d0-a765-00a0c91e6bf6" }],
    ["jsonb", { tag: "jsonb", val: bytes('{"c":null,"a b":[1,"x \\" , y"]}') }],
    ["numeric", { tag: "decimal", val: "0" }],
    ["numeric", { tag: "decimal", val: "-12345678.90" }],
    ["numeric", { tag: "decimal", val: "0.00001234" }],
    ["numeric", { tag: "decimal", val: "10000" }],
    ["numeric", { tag: "decimal", val: "79228162514264337593543950335" }],
    [
      "int4range",
      {
        tag: "range-int32",
        val: [
          [1, inclusive],
          [5, exclusive],
        ],
      },
    ],
    ["int4range", { tag: "range-int32", val: [undefined, [5, exclusive]] }],
    ["int8range", { tag: "range-int64", val: [[-9_007_199_254_740_993n, inclusive], undefined] }],
    [
      "numrange",
      {
        tag: "range-decimal",
        val: [
          ["1.50", exclusive],
          ["2.25", inclusive],
        ],
      },
    ],
    ["int4[]", { tag: "array-int32", val: [1, undefined, -3] }],
    ["int4[]", { tag: "array-int32", val: [] }],
    ["int8[]", { tag: "array-int64", val: [1n, undefined] }],
    ["numeric[]", { tag: "array-decimal", val: ["1.1", undefined] }],
    ["text[]", { tag: "array-str", val: ["a", undefined, ""] }],
    ["interval", { tag: "interval", val: { micros: 1_000_001n, days: -2, months: 14 } }],
    ["text", { tag: "db-null" }],
  ])("%s: %o", async (type, value) => {
    expect((await query(`SELECT $1::${type} AS it`, value)).rows).toEqual([[value]]);
    if (value.tag === "db-null") return;
    // Both sides might have the same fault: Postgres tells what it has understood.
    expect(
      (await query(`SELECT $1::${type} IS NOT DISTINCT FROM ($1::${type})::text::${type} AS same`, value)).rows,
    ).toEqual([[{ tag: "boolean", val: true }]]);
  });

  test("as Postgres writes it", async () => {
    const sql = `SELECT $1::date::text, $2::time::text, $3::timestamp::text, $4::numeric::text, $5::interval::text,
      $6::int4range::text, $7::text[]::text, extract(epoch FROM $8::timestamptz)::int8`;
    const { rows } = await query(
      sql,
      { tag: "date", val: [2025, 1, 2] },
      { tag: "time", val: [3, 4, 5, 6_000] },
      { tag: "datetime", val: [2000, 1, 1, 0, 0, 0, 1_000] },
      { tag: "decimal", val: "-1234567.890" },
      { tag: "interval", val: { micros: 1_000_000n, days: 2, months: 3 } },
      {
        tag: "range-int32",
        val: [
          [1, exclusive],
          [5, inclusive],
        ],
      },
      { tag: "array-str", val: ["a,b", undefined] },
      { tag: "timestamp", val: 1_700_000_000n },
    );
    const texts = ["2025-01-02", "03:04:05.000006", "2000-01-01 00:00:00.000001", "-1234567.890"];
    expect(rows[0]?.map((value) => "val" in value && value.val)).toEqual([
      ...texts,
      "3 mons 2 days 00:00:01",
      "[2,6)",
      '{"a,b",NULL}',
      1_700_000_000n,
    ]);
  });
});

test("types that Spin does not convert have their name, and their value as Postgres sends it", async () => {
  await query("CREATE TYPE mood AS ENUM ('good')");
  const { columns, rows } = await query("SELECT 'good'::mood AS m, '1'::json AS j");
  await query("DROP TYPE mood");
  expect(columns).toEqual([
    { name: "m", dataType: { tag: "other", val: "mood" } },
    { name: "j", dataType: { tag: "other", val: "json" } },
  ]);
  expect(rows).toEqual([
    [
      { tag: "unsupported", val: bytes("good") },
      { tag: "unsupported", val: bytes("1") },
    ],
  ]);
});

test("columns are there only with rows, and what is executed tells how many rows it changed", async () => {
  await query("CREATE TABLE pets (name text PRIMARY KEY)");
  expect(await query("SELECT * FROM pets")).toEqual({ columns: [], rows: [] });
  const insert = { sql: "INSERT INTO pets VALUES ('a'), ('b')", params: [], kind: "execute" as const };
  expect(await session.run(insert)).toMatchObject({ result: { ok: true, affected: 2n }, command: "INSERT" });
});

test("an error of Postgres keeps its parts, and the text that the older interfaces have", async () => {
  await query("CREATE TABLE pets (name text PRIMARY KEY)");
  await query("INSERT INTO pets VALUES ('a')");
  const error = await failing("INSERT INTO pets VALUES ($1)", { tag: "str", val: "a" });
  expect(error).toMatchObject({
    tag: "query-failed",
    val: {
      tag: "db-error",
      val: {
        severity: "ERROR",
        code: "23505",
        message: 'duplicate key value violates unique constraint "pets_pkey"',
        detail: "Key (name)=(a) already exists.",
        extras: expect.arrayContaining([
          ["constraint", "pets_pkey"],
          ["table", "pets"],
        ]),
        asText: expect.stringMatching(
          /^Error { kind: Db, cause: Some\(DbError { severity: "ERROR", parsed_severity: Some\(Error\), code: SqlState\(E23505\), message: "duplicate key value violates unique constraint \\"pets_pkey\\"", detail: Some\("Key \(name\)=\(a\) already exists."\), hint: None, position: None, where_: None, schema: Some\("public"\), table: Some\("pets"\), column: None, datatype: None, constraint: Some\("pets_pkey"\), file: Some\("nbtinsert.c"\), line: Some\(\d+\), routine: Some\("_bt_check_unique"\) }\) }$/,
        ),
      },
    },
  });
});

test("what a column does not take is no statement's success", async () => {
  const text = async (...args: Parameters<typeof failing>) => (await failing(...args)).val;
  expect(await text("SELECT $1::int4", { tag: "int64", val: 1n })).toEqual({
    tag: "text",
    val: 'Error { kind: ToSql(0), cause: Some(WrongType { postgres: Int4, rust: "i64" }) }',
  });
  expect(await text("SELECT 1, $1::timestamptz", { tag: "str", val: "now" })).toEqual({
    tag: "text",
    val: 'Error { kind: ToSql(0), cause: Some(WrongType { postgres: Timestamptz, rust: "alloc::string::String" }) }',
  });
  expect(await text("SELECT $1::text")).toEqual({ tag: "text", val: "Error { kind: Parameters(0, 1), cause: None }" });
  expect(await text("SELECT 1, now()")).toEqual({
    tag: "text",
    val: 'Error { kind: FromSql(1), cause: Some(WrongType { postgres: Timestamptz, rust: "chrono::naive::datetime::NaiveDateTime" }) }',
  });
});

test.each<[ParameterValue, string]>([
  [{ tag: "date", val: [2023, 2, 29] }, "invalid date y=2023, m=2, d=29"],
  [{ tag: "time", val: [24, 0, 0, 0] }, "invalid time 24:0:0:0"],
  [{ tag: "uuid", val: "none" }, "invalid UUID none"],
  [{ tag: "jsonb", val: bytes("{") }, "invalid JSON {"],
  [{ tag: "decimal", val: "1e5" }, "invalid decimal 1e5"],
  [{ tag: "array-decimal", val: ["x"] }, "invalid decimal x"],
])("%o is no value", async (value, text) => {
  expect(await failing("SELECT 1", value)).toEqual({ tag: "bad-parameter", val: text });
  const { result } = await session.run({ sql: "SELECT 1", params: [value], kind: "execute" });
  expect(result).toEqual({ ok: false, error: { tag: "value-conversion-failed", val: text } });
});

test("a transaction is known to be open, to have failed and to have ended", async () => {
  const statusAfter = async (sql: string) => (await session.run({ sql, params: [], kind: "execute" })).status;
  expect(await statusAfter("BEGIN")).toBe("transaction");
  expect(await statusAfter("CREATE TABLE pets (name text)")).toBe("transaction");
  expect(await statusAfter("SELECT nonsense")).toBe("failed");
  expect(await failing("SELECT 1")).toMatchObject({ val: { val: { code: "25P02" } } });
  await session.reset(false);
  expect(await failing("SELECT * FROM pets")).toMatchObject({ val: { val: { code: "42P01" } } });
  expect(await statusAfter("SELECT 1")).toBe("idle");
});

test("a reset takes back what a connection set up for itself", async () => {
  await query("CREATE TEMP TABLE mine (a int)");
  await query("SET statement_timeout = 77");
  await session.reset(true);
  expect(await failing("SELECT * FROM mine")).toMatchObject({ val: { val: { code: "42P01" } } });
  expect((await query("SHOW statement_timeout")).rows).toEqual([[{ tag: "str", val: "0" }]]);
  expect((await query("SHOW search_path")).rows).toEqual([[{ tag: "str", val: "public" }]]);
});

test("to copy to and from the client is refused, and harms nothing", async () => {
  await query("CREATE TABLE pets (name text)");
  const refused = { tag: "query-failed", val: { tag: "text", val: "Error { kind: UnexpectedMessage, cause: None }" } };
  expect(await failing("COPY pets FROM STDIN")).toEqual(refused);
  expect(await failing("COPY pets TO STDOUT")).toEqual(refused);
  expect((await query("SELECT 1")).rows).toEqual([[{ tag: "int32", val: 1 }]]);
});

// The last one: nothing is left of Postgres after it, not even enough to close it.
test("a Postgres that breaks down is not taken for one that answers", async () => {
  await query("CREATE FUNCTION f(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN f(n + 1); END $$");
  await expect(query("SELECT f(1)")).rejects.toThrow("Postgres broke down");
}, 60_000);
