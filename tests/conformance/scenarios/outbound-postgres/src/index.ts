import { Connection } from "fermyon:spin/postgres@2.0.0";
import { open } from "@spinframework/spin-postgres";

const address = "user=postgres password=secret host=localhost dbname=spin_dev";
const word = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Writes and reads a row with each type that there is, and leaves nothing behind. */
function check(): void {
  const connection = Connection.open(address);
  connection.execute(
    `CREATE TABLE IF NOT EXISTS every_type (
      id int4 GENERATED ALWAYS AS IDENTITY, small int2, middle int4, large int8, single float4, double float8,
      short varchar(9), fixed char(4), long text, truth bool, bytes bytea, missing int4
    )`,
    [],
  );
  const values = [
    { tag: "int16", val: -32768 },
    { tag: "int32", val: 2147483647 },
    { tag: "int64", val: -9007199254740993n },
    { tag: "floating32", val: 0.5 },
    { tag: "floating64", val: -0.1 },
    { tag: "str", val: "short" },
    { tag: "str", val: "fix " },
    { tag: "str", val: "ä long text 😀" },
    { tag: "boolean", val: true },
    { tag: "binary", val: word("\0bytes") },
    { tag: "db-null" },
  ];
  const insert = `INSERT INTO every_type (small, middle, large, single, double, short, fixed, long, truth, bytes, missing)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;
  same("changed rows", connection.execute(insert, values), 1n);
  const found = connection.query("SELECT * FROM every_type", []);
  same("rows", found.rows, [[{ tag: "int32", val: 1 }, ...values]]);
  const types = [
    "int32",
    "int16",
    "int32",
    "int64",
    "floating32",
    "floating64",
    "str",
    "str",
    "str",
    "boolean",
    "binary",
  ];
  same(
    "types",
    found.columns.map(({ dataType }) => dataType),
    [...types, "int32"],
  );
  same("first column", found.columns[0].name, "id");

  // A day is none of this interface's types.
  const day = connection.query("SELECT '2025-01-02'::date AS day", []);
  same("a day", day, { columns: [{ name: "day", dataType: "other" }], rows: [[{ tag: "unsupported" }]] });
  same("no rows", connection.query("SELECT 1 WHERE false", []), { columns: [], rows: [] });

  refused("a wrong type", () => connection.query("SELECT $1::int4", [{ tag: "int64", val: 1n }]), "query-failed");
  refused(
    "an unsigned number",
    () => connection.query("SELECT 1", [{ tag: "uint8", val: 1 }]),
    "value-conversion-failed",
  );
  refused("a missing table", () => connection.query("SELECT * FROM nowhere", []), "query-failed");

  const byName = open(address).query("SELECT long, large FROM every_type WHERE middle = $1", [2147483647]);
  same("rows by name", byName.rows, [{ long: "ä long text 😀", large: -9007199254740993n }]);
  connection.execute("DROP TABLE every_type", []);
}

function refused(what: string, call: () => unknown, expected: string): void {
  try {
    call();
  } catch (error) {
    same(what, told(error).split(":")[0], expected);
    return;
  }
  throw new Error(`${what} was not refused`);
}

/** Answers 200 without a body when the check passes, else 500 with what is wrong. */
addEventListener("fetch", (event: FetchEvent) => event.respondWith(answer(event.request)));

async function answer(request: Request): Promise<Response> {
  try {
    await check(request);
    return new Response(null);
  } catch (error) {
    return new Response(told(error), { status: 500 });
  }
}

/** The error of a host function by its case and text, any other error as it is. */
function told(error: unknown): string {
  const { payload } = error as { payload?: { tag: string; val?: string } | string };
  if (typeof payload === "string") return payload;
  if (payload !== undefined) return payload.val === undefined ? payload.tag : `${payload.tag}: ${payload.val}`;
  return String(error);
}

function same(what: string, value: unknown, expected: unknown): void {
  if (shown(value) !== shown(expected)) throw new Error(`${what} is ${shown(value)}, not ${shown(expected)}`);
}

function shown(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
}
