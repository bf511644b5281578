/** Spin's own test scenarios, with guests of our own, through the service worker; the data is in `tests/conformance`. */
import type { Page } from "@playwright/test";
import { expect, openStudio, test } from "./fixtures.ts";
import { projectOf, readScenarios, type Scenario, type ScenarioRequest, scenariosNotRun } from "./scenarios.ts";

// One studio for all: every scenario is a workspace of its own, hence an origin of its own.
test.describe.configure({ mode: "default" });
let studio: Page;
let client: Page;

test.beforeAll(async ({ browser }) => {
  const context = await browser.newContext();
  studio = await context.newPage();
  client = await context.newPage();
  await openStudio(studio);
});
test.afterAll(() => studio.context().close());

for (const scenario of readScenarios()) {
  test(`${scenario.name}: ${scenario.fact}`, async () => {
    // The program is built here, and transpiled in the tab.
    if (scenario.postgres !== undefined) test.slow();
    const outcome = await start(scenario);
    if (scenario.diagnostics !== undefined) {
      expect(outcome).toEqual({ diagnostics: scenario.diagnostics });
      return;
    }
    expect(outcome).toHaveProperty("url");
    // Any page of the application's origin can ask; this one is there whatever the application answers.
    await client.goto(`${outcome.url}/.well-known/spin/health`);
    await expect(client.locator("body")).toHaveText("OK");
    for (const request of scenario.request ?? []) await check(request);
  });
}

for (const { name, why } of scenariosNotRun()) {
  // Shown in the report as what is not there; the reason is in its annotation.
  test(name, { annotation: { type: "not run", description: why } }, () => test.skip(true, why));
}

/** Opens the scenario and starts it: the address of the application, or why it does not start. */
async function start(scenario: Scenario): Promise<{ url?: string; diagnostics?: string[] }> {
  return studio.evaluate(
    async ([files, limits]) => {
      const sources = Object.entries(files).map(([path, base64]): [string, Uint8Array] => [
        path,
        Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)),
      ]);
      await playground.open(Object.fromEntries(sources));
      if (limits !== undefined) await playground.configure(limits);
      const checked = await playground.check();
      if ("diagnostics" in checked) return { diagnostics: checked.diagnostics.map(({ message }) => message) };
      return { url: (await playground.up()).url };
    },
    [await projectOf(scenario), scenario.limits] as const,
  );
}

async function check({ answer, ...request }: ScenarioRequest): Promise<void> {
  const { path = request.path, body, ...expected } = answer;
  const got = await client.evaluate(async ({ path: target, ...init }) => {
    const response = await fetch(target, init);
    const { pathname, search } = new URL(response.url);
    const headers = [...response.headers].filter(([name]) => !["content-length", "date"].includes(name));
    return {
      status: response.status,
      headers: Object.fromEntries(headers),
      path: pathname + search,
      body: await response.text(),
    };
  }, request);
  expect(got, request.path).toEqual({ headers: {}, ...expected, path, body: body ?? got.body });
}
