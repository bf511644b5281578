/** Postgres of the browser tab: what only a browser shows (workers, IndexedDB, tabs, a thread that is ended). */
import type { Page } from "@playwright/test";
import { run } from "./engine/running.ts";
import { expect, openStudio, test } from "./fixtures.ts";
import { listener, project } from "./projects.ts";

/**
 * Runs the statements of the query, each on the connection that its name gives (`a:SELECT 1`), and answers with the first
 * value of the last one's rows, or with the error that came first.
 */
const guest = listener(
  `if (url.pathname === "/start") return new Response("start");
  const connections = new Map<string, Connection>();
  let last = "";
  try {
    for (const step of url.searchParams.getAll("q")) {
      const [, name, sql] = /^(\\w):(.*)$/s.exec(step);
      if (!connections.has(name)) connections.set(name, Connection.open("postgres://me:secret@localhost/" + url.pathname.slice(1)));
      const { rows } = connections.get(name).query(sql, []);
      last = String(rows[0]?.[0]?.val);
    }
    return new Response(last);
  } catch (error) {
    const { payload } = error as { payload?: { tag: string; val: string } };
    return new Response(payload ? payload.tag + ": " + payload.val : String(error), { status: 500 });
  }`,
  `import { Connection } from "fermyon:spin/postgres@2.0.0";`,
);
const files = project(guest, { component: `allowed_outbound_hosts = ["postgres://localhost"]` });

/** What the application answers to these statements, from a page of its origin. */
const sql = (page: Page, ...steps: string[]): Promise<string> => sqlAt(page, "/shop", ...steps);
const sqlAt = (page: Page, path: string, ...steps: string[]): Promise<string> =>
  page.evaluate(
    async ([target, statements]) => {
      const query = new URLSearchParams(statements.map((step) => ["q", step]));
      return (await fetch(`${target}?${query}`, { cache: "no-store" })).text();
    },
    [path, steps] as const,
  );

// One application for all: a Postgres takes its time to start.
test.describe.configure({ mode: "default" });
let studio: Page;
let page: Page;

test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext();
  studio = await context.newPage();
  await openStudio(studio);
  // The first start makes the database cluster, which a machine that has other work takes long for.
  await studio.evaluate(() => playground.configure({ requestDeadlineMs: 120_000, databaseStatementMs: 60_000 }));
  ({ page } = await run(studio, context, files));
});
test.afterAll(() => studio.context().close());

/** For a while, statements have no more time than this. */
async function withLimit(databaseStatementMs: number, act: () => Promise<void>): Promise<void> {
  await studio.evaluate((limit) => playground.configure({ databaseStatementMs: limit }), databaseStatementMs);
  await act();
  await studio.evaluate(() => playground.configure({ databaseStatementMs: 60_000 }));
}

const linesOf = (): Promise<string[]> => studio.evaluate(async () => (await playground.logs()).map(({ text }) => text));

test("data is there for all workers and after a reload, and the log says what plays the server", async () => {
  expect(await sql(page, "a:CREATE TABLE pets (name text)", "a:INSERT INTO pets VALUES ('Rex')")).toBe("undefined");
  // Sixteen requests at once: both instance workers answer some.
  const insert = "a:INSERT INTO pets SELECT 'pet ' || count(*) FROM pets";
  await Promise.all(Array.from({ length: 16 }, () => sql(page, insert)));
  expect(await sql(page, "a:SELECT count(*)::text FROM pets")).toBe("17");
  expect(await sqlAt(page, "/other", "a:SELECT count(*) FROM pets")).toContain("does not exist");

  const lines = await linesOf();
  const introduced = lines.filter((text) => text.includes(" is played by a Postgres of this browser tab"));
  expect(introduced.map((text) => text.split(" ")[0])).toEqual([
    "postgres://localhost:5432/shop",
    "postgres://localhost:5432/other",
  ]);
  expect(lines.filter((text) => text.startsWith("Postgres is being started"))).toHaveLength(2);

  await studio.reload();
  await studio.waitForFunction(() => "playground" in window);
  await studio.evaluate(() => playground.up());
  expect(await sql(page, "a:SELECT count(*)::text FROM pets")).toBe("17");
});

test("an open transaction is nobody else's, and ends with the request", async () => {
  expect(await sql(page, "a:CREATE TABLE cats (name text)")).toBe("undefined");
  await withLimit(300, async () => {
    // The second connection waits for the first, in vain, since both are of one guest.
    const steps = ["a:BEGIN", "a:INSERT INTO cats VALUES ('Tom')", "b:SELECT count(*) FROM cats"];
    expect(await sql(page, ...steps)).toMatch(/^query-failed: The database was not free within 0.3 s/);
  });
  // The guest of that request never said COMMIT.
  expect(await sql(page, "a:SELECT count(*)::text FROM cats")).toBe("0");
  const committed = ["a:BEGIN", "a:INSERT INTO cats VALUES ('Tom')", "a:COMMIT", "b:SELECT count(*)::text FROM cats"];
  expect(await sql(page, ...committed)).toBe("1");
  expect(await sql(page, "a:SET search_path = nowhere", "a:SHOW search_path")).toBe("nowhere");
  expect(await sql(page, "a:SHOW search_path")).toBe("public");
});

test("a statement that never ends is ended, and the next one finds the database as it was", async () => {
  expect(await sql(page, "a:CREATE TABLE dogs (name text)", "a:INSERT INTO dogs VALUES ('Rex')")).toBe("undefined");
  const endless = "a:WITH RECURSIVE f(n) AS (SELECT 1 UNION ALL SELECT n FROM f) SELECT count(*) FROM f";
  await withLimit(1_000, async () => {
    expect(await sql(page, "a:BEGIN", "a:DELETE FROM dogs", endless)).toMatch(
      /^query-failed: The statement took more than 1 s, .* The open transaction is rolled back\.$/,
    );
  });
  expect(await sql(page, "a:SELECT count(*)::text FROM dogs")).toBe("1");
});

test("two tabs of one application take turns at its data", async () => {
  expect(await sql(page, "a:CREATE TABLE birds (name text)", "a:INSERT INTO birds VALUES ('Tweety')")).toBe(
    "undefined",
  );
  const direct = (tab: Page, statement: string): Promise<string> =>
    tab.evaluate(async (step) => {
      const response = await playground.request(`/shop?q=${encodeURIComponent(step)}`);
      return response.text();
    }, statement);
  const other = await studio.context().newPage();
  await openStudio(other);
  await other.evaluate(() => playground.up());
  expect(await direct(other, "a:INSERT INTO birds VALUES ('Polly') RETURNING name")).toBe("Polly");
  expect(await direct(studio, "a:SELECT count(*)::text FROM birds")).toBe("2");
  expect(await direct(other, "a:SELECT count(*)::text FROM birds")).toBe("2");
  await other.close();
});
