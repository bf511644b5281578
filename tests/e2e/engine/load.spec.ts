import { expect, test } from "../workbench.ts";
import { serviceWorkerStopper } from "../service-worker.ts";
import { ask, runGuest } from "./running.ts";

test("200 requests at once are all answered", async ({ studio, context }) => {
  const { page } = await runGuest(studio, context, "tiny");
  const texts = await page.evaluate(() =>
    Promise.all(Array.from({ length: 200 }, async (_, index) => (await fetch(`/${index}`)).text())),
  );
  expect(texts).toEqual(Array.from({ length: 200 }, () => "hello"));
});

test("more requests than may wait are refused, and say when to come again", async ({ studio, context }) => {
  const { page } = await runGuest(studio, context, "stream");
  await studio.evaluate(() => playground.configure({ liveInstances: 2, queuedRequests: 4 }));
  const answers = await page.evaluate(() =>
    Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const response = await fetch(`/chunks/2/200?${index}`);
        await response.text();
        return { status: response.status, retryAfter: response.headers.get("retry-after") };
      }),
    ),
  );
  const refused = answers.filter(({ status }) => status === 503);
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(3);
  expect(refused.length).toBeGreaterThanOrEqual(10);
  for (const { retryAfter } of refused) expect(Number(retryAfter)).toBeGreaterThan(0);
  expect(await ask(page, "/chunks/1/0")).toMatchObject({ status: 200 });
});

test("a service worker that is stopped every 50 requests loses none", async ({ studio, context }) => {
  const { page, url } = await runGuest(studio, context, "tiny");
  const stopServiceWorker = await serviceWorkerStopper(context, page, url);
  for (let round = 0; round < 4; round += 1) {
    const texts = await page.evaluate(async () => {
      const answers: string[] = [];
      for (let index = 0; index < 50; index += 1) answers.push(await (await fetch(`/${index}`)).text());
      return answers;
    });
    expect(texts).toEqual(Array.from({ length: 50 }, () => "hello"));
    await stopServiceWorker();
  }
  expect(await ask(page, "/last")).toEqual({ status: 200, text: "hello", brokeOff: false });
});

test("two tabs of one application are answered side by side, and a hard reload comes back", async ({
  studio,
  context,
}) => {
  const { page, url } = await runGuest(studio, context, "tiny");
  const second = await context.newPage();
  await second.goto(`${url}/second`);
  await expect(second.locator("body")).toHaveText("hello");
  const both = await Promise.all(
    [page, second].map((tab) =>
      tab.evaluate(async () => Promise.all(Array.from({ length: 20 }, async () => (await fetch("/x")).text()))),
    ),
  );
  expect(new Set(both.flat())).toEqual(new Set(["hello"]));
  const devtools = await context.newCDPSession(second);
  // Past the service worker: the server gives the bootstrap page, which finds the way back.
  await devtools.send("Page.reload", { ignoreCache: true });
  await expect(second.locator("body")).toHaveText("hello");
  expect(await second.evaluate(async () => (await fetch("/after")).text())).toBe("hello");
});
