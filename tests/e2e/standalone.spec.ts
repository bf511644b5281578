import type { Frame, Page } from "@playwright/test";
import { expect, openStudio, test } from "./fixtures.ts";
import { listener, project } from "./projects.ts";

/** An application of some pages, seen without a studio. */
const source = (greeting: string): string =>
  listener(`
  const page = (title: string, body: string): Response =>
    new Response("<!doctype html><title>" + title + "</title><body>" + body, { headers: { "content-type": "text/html" } });
  if (url.pathname === "/api") return new Response("${greeting} from the guest");
  if (url.pathname === "/next") return page("Next", "<h1>next</h1>");
  return page("${greeting} " + url.pathname, '<h1>${greeting}</h1><a href="/next?x=1">next</a>');`);

/** Opens the application in the studio, and closes the studio once the origin has stored it. */
async function deployAndLeave(studio: Page, files: Record<string, string>): Promise<{ url: string; since: number }> {
  const { url } = await studio.evaluate(async (sources) => {
    await playground.open(sources);
    return playground.up();
  }, files);
  const since = await storedBy(studio, url, 0);
  await studio.close();
  return { url, since };
}

/** Waits until the origin's cache holds a deployment later than this; it is written after the application has answered. */
async function storedBy(studio: Page, url: string, before: number): Promise<number> {
  const isEngine = (frame: Frame): boolean => frame.url() === `${url}/.well-known/spin/playground/engine.html`;
  const engine = studio.frames().find(isEngine) ?? (await studio.waitForEvent("framenavigated", isEngine));
  const stored = await engine.waitForFunction(
    async (than) => {
      const cache = await caches.open("spin-playground-application-4");
      const response = await cache.match("/.well-known/spin/playground/deployment");
      const { since } = (await response?.json()) ?? { since: 0 };
      return since > than && since;
    },
    before,
    // A hidden frame has no animation frames, by which Playwright looks otherwise.
    { polling: 100 },
  );
  return stored.jsonValue();
}

const application = (tab: Page) => tab.frameLocator('iframe[title="The application"]');
const fetchText = (tab: Page, path: string): Promise<string> =>
  tab.evaluate(async (address) => (await fetch(address)).text(), path);

test("without a studio a page runs the application by itself, and looks like its page", async ({ studio, context }) => {
  const { url } = await deployAndLeave(studio, project(source("hello")));
  const tab = await context.newPage();
  await tab.goto(`${url}/start?a=b#part`);
  await expect(application(tab).locator("h1")).toHaveText("hello");
  await expect(tab).toHaveTitle("hello /start");
  expect(tab.url()).toBe(`${url}/start?a=b#part`);
  expect(await fetchText(tab, "/api")).toBe("hello from the guest");

  await application(tab).getByText("next").click();
  await expect(tab).toHaveTitle("Next");
  await expect(tab).toHaveURL(`${url}/next?x=1`);
  await tab.goBack();
  await expect(tab).toHaveURL(`${url}/start?a=b#part`);
  await expect(tab).toHaveTitle("hello /start");

  // A page that changes title and address itself, as single-page applications do.
  await application(tab)
    .locator("body")
    .evaluate(() => {
      history.pushState(null, "", "/pushed");
      document.title = "Pushed";
    });
  await expect(tab).toHaveURL(`${url}/pushed`);
  await expect(tab).toHaveTitle("Pushed");
  await tab.reload();
  await expect(tab).toHaveTitle("hello /pushed");
  await expect(application(tab).locator("h1")).toHaveText("hello");
});

test("a hard reload comes back to the application", async ({ studio, context }) => {
  const { url } = await deployAndLeave(studio, project(source("hello")));
  const tab = await context.newPage();
  await tab.goto(`${url}/start`);
  await expect(tab).toHaveTitle("hello /start");
  const devtools = await context.newCDPSession(tab);
  for (let reload = 0; reload < 2; reload += 1) {
    const loaded = tab.waitForEvent("load");
    await devtools.send("Page.reload", { ignoreCache: true });
    await loaded;
    await expect(tab).toHaveTitle("hello /start");
    await expect(application(tab).locator("h1")).toHaveText("hello");
  }
});

test("of two tabs without a studio the other goes on when one is closed", async ({ studio, context }) => {
  const { url } = await deployAndLeave(studio, project(source("hello")));
  const [first, second] = [await context.newPage(), await context.newPage()];
  await Promise.all([first.goto(`${url}/one`), second.goto(`${url}/two`)]);
  for (const tab of [first, second]) {
    await expect(application(tab).locator("h1")).toHaveText("hello");
    expect(await fetchText(tab, "/api")).toBe("hello from the guest");
  }
  const ownsEngine = (tab: Page): boolean => tab.frames().some((frame) => frame.url().endsWith("/engine.html"));
  expect([first, second].filter(ownsEngine)).toHaveLength(1);
  const owner = ownsEngine(first) ? first : second;
  const other = owner === first ? second : first;
  await owner.close();
  expect(await fetchText(other, "/api")).toBe("hello from the guest");
  expect(ownsEngine(other)).toBe(true);
});

test("the studio deploys to an origin whose tab runs by itself, and the tab goes on with that when it closes", async ({
  studio,
  context,
}) => {
  const files = project(source("hello"));
  const { url, since } = await deployAndLeave(studio, files);
  const tab = await context.newPage();
  await tab.goto(`${url}/start`);
  await expect(application(tab).locator("h1")).toHaveText("hello");

  const again = await context.newPage();
  await openStudio(again);
  await again.evaluate(async (text) => {
    await playground.write("src/index.ts", text);
    await playground.settled();
  }, source("changed"));
  expect(await again.evaluate(async () => (await playground.up()).url)).toBe(url);
  // The service worker hears of it by a way of its own.
  await expect.poll(() => fetchText(tab, "/api")).toBe("changed from the guest");
  // A page that is opened now needs no engine of its own.
  const plain = await context.newPage();
  await plain.goto(`${url}/plain`);
  await expect(plain.locator("h1")).toHaveText("changed");
  // The tab's engine takes it over from the cache, and answers when the studio is gone.
  await storedBy(again, url, since);
  await again.close();
  await expect.poll(() => fetchText(tab, "/api")).toBe("changed from the guest");
  expect(await fetchText(plain, "/api")).toBe("changed from the guest");

  // What the studio stops does not run on elsewhere.
  const last = await context.newPage();
  await openStudio(last);
  await last.evaluate(async () => {
    await playground.up();
    await playground.stop();
  });
  const answer = () =>
    tab.evaluate(async () => {
      const response = await fetch("/api");
      return { status: response.status, text: await response.text(), again: response.headers.get("retry-after") };
    });
  await expect.poll(answer).toEqual({ status: 503, text: "The application was stopped.\n", again: "1" });
});

test("without a studio and without a stored application a page says so", async ({ studio, context }) => {
  const { url } = await studio.evaluate(
    async (sources) => {
      await playground.open(sources);
      return playground.up();
    },
    project(source("hello")),
  );
  const tab = await context.newPage();
  await tab.goto(`${url}/start`);
  await expect(tab.locator("h1")).toHaveText("hello");
  await storedBy(studio, url, 0);
  await studio.evaluate(() => playground.stop());
  await studio.close();
  const answer = () =>
    tab.evaluate(async () => {
      const response = await fetch("/api");
      return { status: response.status, text: await response.text(), again: response.headers.get("retry-after") };
    });
  // The engine's page outlives the studio for a moment, and answers that the application was stopped.
  await expect
    .poll(answer)
    .toEqual({ status: 503, text: expect.stringContaining("No engine runs this application"), again: "1" });
  await tab.goto(`${url}/start`);
  await expect(tab.getByRole("status")).toContainText("Open it in the studio");
});
