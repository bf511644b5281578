import type { BrowserContext, Page } from "@playwright/test";
import { serviceWorkerStopper } from "./service-worker.ts";
import { expect, test } from "./workbench.ts";
import { listener, project } from "./projects.ts";

/**
 * A guest that sets the cookies it is asked for (`/set`, one line of the body for each), answers with those it got
 * (`/got`), and has a login: a hidden cookie and one that pages see.
 */
const source = listener(`
  const got = request.headers.get("cookie") ?? "none";
  const page = (body: string): Response =>
    new Response("<!doctype html><title>page</title><body>" + body, { headers: { "content-type": "text/html" } });
  const to = (location: string, ...cookies: string[]): Response => {
    const headers = new Headers({ location });
    for (const cookie of cookies) headers.append("set-cookie", cookie);
    return new Response(null, { status: 303, headers });
  };
  if (url.pathname === "/set") {
    const headers = new Headers();
    for (const line of (await request.text()).split("\\n")) headers.append("set-cookie", line);
    return new Response("set", { headers });
  }
  if (url.pathname === "/login" && request.method === "POST") {
    return to("/home", "session=s1; HttpOnly; Path=/; SameSite=Lax", "user=" + (await request.formData()).get("user") + "; Path=/");
  }
  if (url.pathname === "/login") return page('<form method="post"><input name="user"><button>Log in</button></form>');
  if (url.pathname === "/logout") return to("/home", "session=; Path=/; Max-Age=0", "user=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
  if (url.pathname === "/home") return page("<p>" + (got.includes("session=s1") ? "known" : "unknown") + "</p>");
  return new Response(got, { headers: { "content-type": "text/plain" } });`);

/** Starts the application, and opens a page of it. */
async function start(studio: Page, context: BrowserContext, path = "/got"): Promise<{ url: string; tab: Page }> {
  const { url } = await studio.evaluate(async (files) => {
    await playground.open(files);
    return playground.up();
  }, project(source));
  const tab = await context.newPage();
  await tab.goto(`${url}${path}`);
  return { url, tab };
}

const setCookies = (tab: Page, ...fields: string[]) =>
  tab.evaluate(async (body) => void (await fetch("/set", { method: "POST", body })), fields.join("\n"));
/** The cookies that the guest gets, sorted by name. */
const got = (tab: Page, path = "/got", credentials: RequestCredentials = "same-origin"): Promise<string[]> =>
  tab.evaluate(
    async ([address, mode]) => (await (await fetch(address, { credentials: mode })).text()).split("; ").sort(),
    [path, credentials] as const,
  );
/** Names of the cookies that the service worker has stored in its jar. */
const storedCookies = (tab: Page): Promise<string[]> =>
  tab.evaluate(async () => {
    const settle = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(request.error as Error));
      });
    const database = await settle(indexedDB.open("spin-playground-cookies"));
    try {
      const record = await settle(database.transaction("jar").objectStore("jar").get("jar"));
      return ((record as { cookies: { name: string }[] } | undefined)?.cookies ?? []).map(({ name }) => name).sort();
    } finally {
      database.close();
    }
  });
const ofDocument = (tab: Page): Promise<string[]> => tab.evaluate(() => document.cookie.split("; ").sort());

test("a login is remembered, shown to the page as far as it may be, and ended", async ({ studio, context }) => {
  const { url, tab } = await start(studio, context, "/login");
  await tab.getByRole("textbox").fill("ann");
  await tab.getByRole("button").click();
  // The answer to the form leads on, and its cookies go along.
  await expect(tab).toHaveURL(`${url}/home`);
  await expect(tab.locator("p")).toHaveText("known");
  expect(await ofDocument(tab)).toEqual(["user=ann"]);
  await tab.reload();
  await expect(tab.locator("p")).toHaveText("known");
  expect(await got(tab)).toEqual(["session=s1", "user=ann"]);
  const other = await context.newPage();
  await other.goto(`${url}/home`);
  await expect(other.locator("p")).toHaveText("known");

  await tab.goto(`${url}/logout`);
  await expect(tab).toHaveURL(`${url}/home`);
  await expect(tab.locator("p")).toHaveText("unknown");
  expect(await ofDocument(tab)).toEqual([""]);
  expect(await got(other)).toEqual(["none"]);
});

test("in the preview, too, and a fetch without credentials has no part in it", async ({ studio, context }) => {
  const { tab } = await start(studio, context);
  await setCookies(tab, "hidden=1; HttpOnly; Path=/", "seen=2; Path=/; Max-Age=3600");
  expect(await got(tab)).toEqual(["hidden=1", "seen=2"]);
  expect(await got(tab, "/got", "omit")).toEqual(["none"]);
  const omitted = { method: "POST", body: "omitted=1; Path=/", credentials: "omit" } as const;
  await tab.evaluate(async (init) => void (await fetch("/set", init)), omitted);
  expect(await got(tab)).toEqual(["hidden=1", "seen=2"]);

  const preview = studio.frameLocator('iframe[title^="Preview of"]');
  await studio.getByRole("button", { name: "Reload the preview" }).click();
  await expect(preview.locator("body")).toHaveText("hidden=1; seen=2");
  // The request panel is like curl: no jar, and it shows what an answer sets.
  const direct = await studio.evaluate(async () => (await playground.request("/got")).text());
  expect(direct).toBe("none");
  await studio.getByRole("tab", { name: "Request", exact: true }).click();
  const panel = studio.getByRole("region", { name: "Request" });
  await panel.getByRole("textbox", { name: "Path" }).fill("/logout");
  await panel.getByRole("button", { name: "Send" }).click();
  await panel.getByRole("button", { name: /^Headers/ }).click();
  await expect(panel.getByRole("row", { name: /set-cookie session=; Path=\// })).toBeVisible();
  expect(await got(tab)).toEqual(["hidden=1", "seen=2"]);
});

test("what a page writes reaches the guest, for its own directory too", async ({ studio, context }) => {
  const { url, tab } = await start(studio, context);
  await setCookies(tab, "theme=light; Path=/", "session=s1; HttpOnly; Path=/");
  await tab.evaluate(() => {
    document.cookie = "theme=d\u00e4rk; path=/";
    document.cookie = "session=forged; path=/";
  });
  // The guest takes the bytes one by one, as it does natively.
  expect(await got(tab)).toEqual(["session=s1", "theme=d\u00c3\u00a4rk"]);
  await tab.evaluate(() => (document.cookie = "theme=; path=/; max-age=0"));
  expect(await got(tab)).toEqual(["session=s1"]);

  await tab.goto(`${url}/shop/cart`);
  await tab.evaluate(() => (document.cookie = "item=7"));
  await expect.poll(() => got(tab, "/shop/got")).toEqual(["item=7", "session=s1"]);
  expect(await got(tab)).toEqual(["session=s1"]);
  await tab.evaluate(() => (document.cookie = "item=; max-age=0"));
  await expect.poll(() => got(tab, "/shop/got")).toEqual(["session=s1"]);
});

test("a cookie for a path is sent there, and seen there", async ({ studio, context }) => {
  const { url, tab } = await start(studio, context);
  await setCookies(tab, "admin=1; Path=/admin", "all=1; Path=/");
  expect(await got(tab, "/admin/x")).toEqual(["admin=1", "all=1"]);
  expect(await got(tab, "/administration")).toEqual(["all=1"]);
  expect(await ofDocument(tab)).toEqual(["all=1"]);
  await tab.goto(`${url}/admin/x`);
  expect(await ofDocument(tab)).toEqual(["admin=1", "all=1"]);
});

test("cookies outlive the service worker", async ({ studio, context }) => {
  const { url, tab } = await start(studio, context);
  await setCookies(tab, "hidden=1; HttpOnly; Path=/", "deep=2; Path=/deep", "seen=3; Path=/");
  const stopServiceWorker = await serviceWorkerStopper(context, tab, url);
  // The answer does not wait for the jar to be stored, and this stop does not wait for what the service worker still does.
  await expect.poll(() => storedCookies(tab)).toEqual(["deep", "hidden"]);
  await stopServiceWorker();
  expect(await got(tab, "/deep/got")).toEqual(["deep=2", "hidden=1", "seen=3"]);
});

test("no cookie of an application gets beyond its host", async ({ studio, context }) => {
  const { tab } = await start(studio, context);
  await setCookies(tab, "up=1; Domain=play.localhost; Path=/", "other=1; Domain=other.play.localhost", "own=1; Path=/");
  expect(await got(tab)).toEqual(["own=1"]);
  expect(await studio.evaluate(() => document.cookie)).toBe("");
  const { hostname } = new URL(studio.url());
  expect((await context.cookies(studio.url())).map(({ name }) => name)).toEqual([]);
  expect(await studio.evaluate(async () => (await playground.logs()).map(({ text }) => text))).toEqual([
    expect.stringContaining(`"up" was refused: its domain "${hostname}" is not this host`),
    expect.stringContaining('"other" was refused'),
  ]);
});

test("a redirect leads on, whoever follows it", async ({ studio, context }) => {
  const { url, tab } = await start(studio, context);
  await tab.goto(`${url}/logout`);
  expect(tab.url()).toBe(`${url}/home`);
  const followed = await tab.evaluate(async () => {
    const response = await fetch("/login", { method: "POST", body: new URLSearchParams({ user: "bob" }) });
    return { url: response.url, text: await response.text(), redirected: response.redirected };
  });
  expect(followed).toEqual({ url: `${url}/home`, text: expect.stringContaining("known"), redirected: true });
  expect(await ofDocument(tab)).toEqual(["user=bob"]);
});
