import { Connection } from "spin:postgres/postgres@4.0.0";

type Value = { tag: string; val?: unknown };

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** By the name of a type in Postgres, a value of it, and what it is as text. */
const values: [type: string, value: Value, text: string][] = [
  ["bool", { tag: "boolean", val: true }, "true"],
  ["int2", { tag: "int16", val: -32768 }, "-32768"],
  ["int4", { tag: "int32", val: 2147483647 }, "2147483647"],
  ["int8", { tag: "int64", val: -9007199254740993n }, "-9007199254740993"],
  ["float4", { tag: "floating32", val: 0.5 }, "0.5"],
  ["float8", { tag: "floating64", val: -0.1 }, "-0.1"],
  ["text", { tag: "str", val: "ä 😀" }, "ä 😀"],
  ["bytea", { tag: "binary", val: bytes("\0a") }, "\\x0061"],
  ["date", { tag: "date", val: [2024, 2, 29] }, "2024-02-29"],
  ["time", { tag: "time", val: [23, 59, 58, 7000] }, "23:59:58.000007"],
  ["timestamp", { tag: "datetime", val: [1999, 12, 31, 1, 2, 3, 4000] }, "1999-12-31 01:02:03.000004"],
  ["uuid", { tag: "uuid", val: "f81d4fae-7dec-11d0-a765-00a0c91e6bf6" }, "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"],
  ["jsonb", { tag: "jsonb", val: bytes('{"a":[1,null]}') }, '{"a": [1, null]}'],
  ["numeric", { tag: "decimal", val: "-12345678901234567890.10" }, "-12345678901234567890.10"],
  [
    "int4range",
    {
      tag: "range-int32",
      val: [
        [1, "inclusive"],
        [5, "exclusive"],
      ],
    },
    "[1,5)",
  ],
  ["int8range", { tag: "range-int64", val: [undefined, [5n, "exclusive"]] }, "(,5)"],
  [
    "numrange",
    {
      tag: "range-decimal",
      val: [
        ["1.5", "exclusive"],
        ["2.25", "inclusive"],
      ],
    },
    "(1.5,2.25]",
  ],
  ["int4[]", { tag: "array-int32", val: [1, undefined, -3] }, "{1,NULL,-3}"],
  ["int8[]", { tag: "array-int64", val: [1n, undefined] }, "{1,NULL}"],
  ["numeric[]", { tag: "array-decimal", val: ["1.10", undefined] }, "{1.10,NULL}"],
  ["text[]", { tag: "array-str", val: ["a", undefined, "b,c"] }, '{a,NULL,"b,c"}'],
  [
    "interval",
    { tag: "interval", val: { micros: 1000001n, days: -2, months: 14 } },
    "1 year 2 mons -2 days +00:00:01.000001",
  ],
];

function check(request: Request): void {
  const connection = Connection.open(request.headers.get("pg-connection-string"));
  for (const [type, value, text] of values) {
    const { rows, columns } = connection.query(`SELECT $1::${type} AS it, ($1::${type})::text`, [value]);
    same(type, rows, [[value, { tag: "str", val: text }]]);
    same(`the type of ${type}`, columns[0], { name: "it", dataType: { tag: value.tag } });
  }
  const instant = connection.query("SELECT extract(epoch FROM $1::timestamptz)::int8", [
    { tag: "timestamp", val: 1700000000n },
  ]);
  same("timestamptz", instant.rows, [[{ tag: "int64", val: 1700000000n }]]);
  const json = connection.query("SELECT '1'::json AS other, NULL AS nothing", []);
  same("another type", json.columns[0].dataType, { tag: "other", val: "json" });
  same("its value", json.rows, [[{ tag: "unsupported", val: bytes("1") }, { tag: "db-null" }]]);

  connection.execute("CREATE TABLE pets (name text PRIMARY KEY)", []);
  same("changed rows", connection.execute("INSERT INTO pets VALUES ('a'), ('b')", []), 2n);
  const { tag, val } = refused("a double", () => connection.execute("INSERT INTO pets VALUES ('a')", []));
  connection.execute("DROP TABLE pets", []);
  same(
    "an error",
    [tag, val.tag, val.val.severity, val.val.code, val.val.message, val.val.detail],
    [
      "query-failed",
      "db-error",
      "ERROR",
      "23505",
      'duplicate key value violates unique constraint "pets_pkey"',
      "Key (name)=(a) already exists.",
    ],
  );
  same(
    "its table",
    val.val.extras.find(([name]) => name === "table"),
    ["table", "pets"],
  );
  const noDay = refused("a day that is none", () =>
    connection.query("SELECT $1::date", [{ tag: "date", val: [2023, 2, 29] }]),
  );
  same("its error", noDay, { tag: "bad-parameter", val: "invalid date y=2023, m=2, d=29" });
}

function refused(what: string, call: () => unknown): { tag: string; val: any } {
  try {
    call();
  } catch (error) {
    return error.payload;
  }
  throw new Error(`${what} was not refused`);
}

/** Answers 200 without a body when the check passes, else 500 with what is wrong. */
addEventListener("fetch", (event: FetchEvent) => event.respondWith(answer(event.request)));

async function answer(request: Request): Promise<Response> {
  try {
    check(request);
    return new Response(null);
  } catch (error) {
    const { payload } = error as { payload?: { val: unknown } };
    return new Response(payload === undefined ? String(error) : shown(payload.val), { status: 500 });
  }
}

function same(what: string, value: unknown, expected: unknown): void {
  if (shown(value) !== shown(expected)) throw new Error(`${what} is ${shown(value)}, not ${shown(expected)}`);
}

function shown(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
}
