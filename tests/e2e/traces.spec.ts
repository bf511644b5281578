import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./workbench.ts";
import { listener, project } from "./projects.ts";
import { preview } from "./studio-page.ts";

const requests = (page: Page): Locator => page.getByRole("listbox", { name: "Requests" });
const spans = (page: Page): Locator => page.getByRole("listbox", { name: "Spans" });
const detail = (page: Page): Locator => page.getByRole("status", { name: "Selected span" });
const panels = (page: Page): Locator => page.getByRole("region", { name: "Panels" });
const mocks = [{ url: "https://api.example.com/users/:id", body: { name: "Ada" } }];

/** An application whose page asks it for `/out`, which asks an outside API; `/bad` throws, `/hang` waits. */
async function openPage(studio: Page): Promise<{ url: string }> {
  const source = listener(`console.log("asked for " + url.pathname);
  if (url.pathname === "/bad") throw new Error("handler broke");
  if (url.pathname === "/hang") await new Promise((resolve) => setTimeout(resolve, 3_600_000));
  if (url.pathname === "/out") return fetch("https://api.example.com/users/7");
  return new Response("<h1>page</h1><script>fetch('/out?x=1', { method: 'POST' })</script>", { headers: { "content-type": "text/html" } });`);
  const files = project(source, {
    component: `allowed_outbound_hosts = ["https://api.example.com"]`,
    files: { "mocks.json": JSON.stringify(mocks) },
  });
  return studio.evaluate(async (opened) => {
    await playground.open(opened);
    return playground.up();
  }, files);
}

test("requests of pages have their ids in the log, and their traces", async ({ studio, context }) => {
  const { url } = await openPage(studio);
  const tab = await context.newPage();
  await tab.goto(`${url}/elsewhere`);
  await tab.evaluate(async () => (await fetch("/from-the-tab")).text());
  const found = await studio.evaluate(async () => {
    const line = (await playground.logs()).find(({ text }) => text === "asked for /from-the-tab");
    const trace = await playground.trace(line?.requestId ?? "");
    const isListed = (await playground.traces()).some(({ requestId }) => requestId === trace.requestId);
    return { trace, isListed };
  });
  expect(found).toMatchObject({
    isListed: true,
    trace: { method: "GET", url: `${url}/from-the-tab`, status: 200, component: "main", route: "/..." },
  });
  const kinds = found.trace.spans.map(({ name }) => name);
  expect(kinds).toEqual(expect.arrayContaining(["queue", "instance", "handler", "host-call", "response"]));
  // The preview's page, the tab's, and what each asks for.
  await expect
    .poll(() => studio.evaluate(async () => (await playground.traces()).map((trace) => `${trace.method} ${trace.url}`)))
    .toEqual(expect.arrayContaining([`GET ${url}/`, `POST ${url}/out?x=1`, `GET ${url}/elsewhere`]));
});

test("the list of requests leads to the spans of each, by the keyboard too", async ({ studio }) => {
  await openPage(studio);
  await expect(preview(studio).getByRole("heading", { name: "page" })).toBeVisible();
  await studio.getByRole("tab", { name: "Traces" }).click();
  const out = requests(studio).getByRole("option", { name: /^200 POST \/out\?x=1 \d/ });
  await expect(out).toBeVisible();
  await studio.getByRole("searchbox", { name: "Filter requests" }).fill("/out");
  await expect(requests(studio).getByRole("option")).toHaveCount(1);
  await studio.getByRole("searchbox", { name: "Filter requests" }).fill("");

  await requests(studio).focus();
  await studio.keyboard.press("End");
  await expect(requests(studio).getByRole("option", { name: /GET \/ / })).toHaveAttribute("aria-selected", "true");
  await expect(spans(studio).getByRole("option").first()).toHaveText(/^queue/);
  await studio.keyboard.press("ArrowUp");
  await expect(out).toHaveAttribute("aria-selected", "true");

  await spans(studio).focus();
  await studio.keyboard.press("Home");
  await studio.keyboard.press("ArrowDown");
  await expect(detail(studio)).toHaveText(/^instance began at .* and took /);
  await studio.keyboard.press("End");
  const last = spans(studio).getByRole("option", { selected: true });
  await expect(last).toHaveAttribute("aria-posinset", (await last.getAttribute("aria-setsize")) ?? "");
  await spans(studio).getByRole("option", { name: /wasi:/ }).first().click();
  await expect(detail(studio)).toContainText(/wasi:[a-z]+\/\S+@0\.2\.\d+$/);

  await panels(studio)
    .getByRole("button", { name: /^Host calls \(\d+\)$/ })
    .click();
  const kinds = [/^queue/, /^instance/, /^handler/, /^outbound/, /^response/];
  await expect(spans(studio).getByRole("option")).toHaveText(kinds);
  await spans(studio)
    .getByRole("option", { name: /^outbound/ })
    .click();
  await expect(detail(studio)).toContainText("GET https://api.example.com/users/7 200");
});

test("preview, log and request panel lead to the trace of a request", async ({ studio }) => {
  await openPage(studio);
  await expect(preview(studio).getByRole("heading", { name: "page" })).toBeVisible();
  const region = studio.getByRole("region", { name: "Preview" });
  await region.getByRole("button", { name: /^200 · / }).click();
  await expect(studio.getByRole("region", { name: "Trace of GET /" })).toBeVisible();

  const address = studio.getByLabel("Path to preview");
  await address.fill("/bad");
  await address.press("Enter");
  await region.getByRole("button", { name: "Show trace" }).click();
  const bad = studio.getByRole("region", { name: "Trace of GET /bad" });
  await expect(bad).toContainText("The handler threw: handler broke");

  await bad.getByRole("button", { name: "Log" }).click();
  await expect(studio.getByRole("log")).toContainText("asked for /bad");
  await studio.getByRole("button", { name: /lines of all requests again/ }).click();
  await studio.getByRole("button", { name: "Show the trace of POST /out?x=1" }).first().click();
  await expect(studio.getByRole("region", { name: "Trace of POST /out?x=1" })).toBeVisible();

  await studio.getByRole("tab", { name: "Request", exact: true }).click();
  const panel = studio.getByRole("region", { name: "Request" });
  await panel.getByLabel("Path", { exact: true }).fill("/sent");
  await panel.getByRole("button", { name: "Send" }).click();
  await panel.getByRole("button", { name: "Trace" }).click();
  await expect(studio.getByRole("region", { name: "Trace of GET /sent" })).toBeVisible();

  // A request under way has log lines, and no trace yet.
  await studio.evaluate(() => void playground.request("/hang").catch(() => undefined));
  await studio.getByRole("tab", { name: "Log" }).click();
  await studio.getByRole("button", { name: /^Show the trace of [0-9a-f]{8}$/ }).click();
  await expect(
    panels(studio).getByText("That request is not over yet, or newer ones have taken its place."),
  ).toBeVisible();
});

test("of many requests the newest are kept, and said to be", async ({ studio }) => {
  await openPage(studio);
  await studio.getByRole("tab", { name: "Traces" }).click();
  await expect(requests(studio).getByRole("option", { name: /\/out/ })).toBeVisible();
  await expect(studio.getByText("2 requests")).toBeVisible();
  await studio.evaluate(async () => {
    for (let index = 0; index < 201; index++) await (await playground.request(`/number/${index}`)).text();
  });
  await expect(studio.getByText("The newest 200 requests")).toBeVisible();
  await expect(requests(studio).getByRole("option", { name: /number\/200 / })).toBeVisible();
  await requests(studio).focus();
  await studio.keyboard.press("End");
  const last = requests(studio).getByRole("option", { name: /number\/1 / });
  await expect(last).toBeVisible();
  await expect(last).toHaveAttribute("aria-posinset", "200");
  // Those out of view are not in the document.
  expect(await requests(studio).getByRole("option").count()).toBeLessThan(60);
});
