import { open, openDefault } from "@spinframework/spin-sqlite";

/** Writes and reads in a database that is empty at first, and leaves it empty. */
function check(): void {
  refused("a database that is not declared", () => open("forbidden"), "access-denied");
  const database = openDefault();
  const tables = "SELECT count(*) AS tables FROM sqlite_schema";
  same("tables at first", database.execute(tables, []).rows, [{ tables: 0 }]);
  database.execute(
    "CREATE TABLE IF NOT EXISTS people (key INTEGER PRIMARY KEY, name TEXT, height REAL, photo BLOB)",
    [],
  );
  database.execute("INSERT INTO people (name, height, photo) VALUES (?, ?, ?)", ["Ada", 1.68, new Uint8Array([1, 2])]);
  const found = database.execute("SELECT * FROM people WHERE name = ? AND key > ?", ["Ada", 0]);
  same("columns", found.columns, ["key", "name", "height", "photo"]);
  same("rows", found.rows, [{ key: 1, name: "Ada", height: 1.68, photo: { 0: 1, 1: 2 } }]);
  refused("a statement that is wrong", () => database.execute("SELECT nothing", []), "io");
  database.execute("DROP TABLE people", []);
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

/** Integers come as `bigint`, which JSON has no word for. */
function shown(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? Number(part) : part));
}
