import type { Page } from "@playwright/test";
import { expect, openStudio, test } from "./fixtures.ts";
import { test as shared } from "./workbench.ts";
import { listener, project } from "./projects.ts";

/** Runs the statements that come as JSON in the body, `[sql, ...parameters]` each, over one connection. */
const source = listener(
  `try {
    const connection = openDefault();
    const results = (await request.json()).map(([sql, ...values]: [string, ...string[]]) => connection.execute(sql, values).rows);
    return new Response(JSON.stringify(results.at(-1), (_, value) => typeof value === "bigint" ? Number(value) : value));
  } catch (error) {
    return new Response(JSON.stringify((error as { payload?: unknown }).payload ?? String(error)), { status: 500 });
  }`,
  `import { openDefault } from "@spinframework/spin-sqlite";`,
);

const openProject = (page: Page, component = 'sqlite_databases = ["default"]'): Promise<void> =>
  page.evaluate(
    async (files) => {
      await playground.open(files);
      await playground.up();
    },
    project(source, { component }),
  );

type Statement = [sql: string, ...parameters: (string | number)[]];

/** The rows of the last statement, or the error that the guest got. */
const run = (page: Page, ...statements: Statement[]): Promise<unknown> =>
  page.evaluate(async (body) => {
    const answer = await playground.request("/", { method: "POST", body: JSON.stringify(body) });
    const text = await answer.text();
    return answer.ok ? (JSON.parse(text) as unknown) : text;
  }, statements);

test("a database is there after a reload, and its calls are in the trace", async ({ page }) => {
  await openStudio(page);
  await openProject(page);
  await run(page, ["CREATE TABLE notes (text TEXT)"], ["INSERT INTO notes VALUES (?)", "kept"]);
  await page.reload();
  await page.waitForFunction(() => "playground" in window);
  await page.evaluate(() => playground.up());
  expect(await run(page, ["SELECT text FROM notes"])).toEqual([{ text: "kept" }]);
  const calls = () =>
    page.evaluate(async () => {
      const traces = await playground.traces();
      const whole = await Promise.all(traces.map(({ requestId }) => playground.trace(requestId)));
      return whole.flatMap(({ spans }) => spans.map(({ call }) => call?.interface));
    });
  expect(await calls()).toContain("fermyon:spin/sqlite@2.0.0");
});

shared("requests in several workers lose no write of one another", async ({ studio: page }) => {
  await openProject(page);
  await run(page, ["CREATE TABLE hits (id INTEGER PRIMARY KEY, n INTEGER)"], ["INSERT INTO hits VALUES (1, 0)"]);
  const answers = await page.evaluate(async () => {
    const body = JSON.stringify([["UPDATE hits SET n = n + 1"]]);
    const sent = Array.from({ length: 40 }, () => playground.request("/", { method: "POST", body }));
    return (await Promise.all(sent)).map(({ status }) => status);
  });
  expect(new Set(answers)).toEqual(new Set([200]));
  expect(await run(page, ["SELECT n FROM hits"])).toEqual([{ n: 40 }]);
});

shared("a transaction that its request does not end is rolled back", async ({ studio: page }) => {
  await openProject(page);
  await run(page, ["CREATE TABLE notes (text TEXT)"]);
  await run(page, ["BEGIN IMMEDIATE"], ["INSERT INTO notes VALUES ('lost')"]);
  expect(await run(page, ["SELECT count(*) AS n FROM notes"])).toEqual([{ n: 0 }]);
});

shared("a statement that never ends is ended, and errors have SQLite's words", async ({ studio: page }) => {
  await openProject(page);
  await page.evaluate(() => playground.configure({ databaseStatementMs: 100 }));
  const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
  expect(await run(page, [endless])).toContain("interrupted: in a browser tab a statement is ended after 0.1 seconds");
  expect(await run(page, ["SELECT * FROM missing"])).toContain("no such table: missing");
  expect(await run(page, ["SELECT 1 AS one"])).toEqual([{ one: 1 }]);
});

shared("a database that the manifest does not grant is denied, and one button grants it", async ({ studio: page }) => {
  await openProject(page, "");
  expect(await run(page, ["SELECT 1 AS one"])).toContain("access-denied");
  await page.getByRole("tab", { name: /Problems/ }).click();
  const row = page.getByRole("listitem").filter({ hasText: 'was denied the SQLite database "default"' });
  await row.getByRole("button", { name: 'Fix: Add "default" to sqlite_databases of main' }).click();
  await expect.poll(() => run(page, ["SELECT 1 AS one"])).toEqual([{ one: 1 }]);
});
