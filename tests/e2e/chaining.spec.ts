import type { BrowserContext, Page } from "@playwright/test";
import type { Span, Trace } from "../../runtime/protocol.ts";
import { run, type RunningApplication } from "./engine/running.ts";
import { expect, test } from "./workbench.ts";
import { application, type ComponentProject, listener } from "./projects.ts";

/** Answers with the status and the text of what it asks. */
const asking = (expression: string): string =>
  listener(`const answer = await fetch(${expression});
  return new Response(answer.status + " " + (await answer.text()));`);

/**
 * Runs an application of these components, with an answer of its own for the address at which `run` opens it: no component is
 * to be asked for that.
 */
function start(
  studio: Page,
  context: BrowserContext,
  components: Record<string, ComponentProject>,
): Promise<RunningApplication> {
  const files = application(components);
  const trigger = '[[trigger.http]]\nroute = "/start"\nstatic_response = { body = "start" }\n';
  return run(studio, context, { ...files, "spin.toml": `${files["spin.toml"]}\n${trigger}` });
}

/** What a page of the application gets, through its service worker. */
const fetched = (page: Page, path: string): Promise<string> =>
  page.evaluate(async (target) => {
    const response = await fetch(target, { cache: "no-store" });
    return `${response.status} ${await response.text()}`;
  }, path);

/** The trace of the newest request to this path that is over. */
const findTrace = (studio: Page, path: string): Promise<Trace | undefined> =>
  studio.evaluate(
    async (end) => (await playground.traces()).findLast(({ url }) => new URL(url).pathname === end),
    path,
  );
async function traceOf(studio: Page, path: string): Promise<Trace> {
  const trace = await findTrace(studio, path);
  if (trace === undefined) throw new Error(`There is no trace of ${path}.`);
  return trace;
}
const outboundOf = ({ spans }: Pick<Trace, "spans">): Span | undefined => spans.find(({ name }) => name === "outbound");
const linesOf = (studio: Page): Promise<string> =>
  studio.evaluate(async () => (await playground.logs()).map(({ text }) => text).join("\n"));

test("a chain of private components answers a page, and its spans lie within one another", async ({
  studio,
  context,
}) => {
  const { page } = await start(studio, context, {
    front: {
      source: asking(`"http://middle.spin.internal" + url.pathname + url.search, { headers: { "x-from": "front" } }`),
      route: `"/front/..."`,
      section: `allowed_outbound_hosts = ["http://middle.spin.internal"]`,
    },
    middle: {
      source: asking(`"http://back.spin.internal/end", { method: "POST", body: JSON.stringify([...request.headers]) }`),
      route: "{ private = true }",
      section: `allowed_outbound_hosts = ["http://*.spin.internal"]`,
    },
    back: { source: listener(`return new Response(await request.text());`), route: "{ private = true }" },
  });
  const answer = await fetched(page, "/front/a%2Fb/?q=1");
  expect(answer).toMatch(/^200 200 200 \[/);
  const headers = new Map<string, string>(JSON.parse(answer.slice("200 200 200 ".length)) as [string, string][]);
  expect(Object.fromEntries([...headers].filter(([name]) => /^(?:spin-|x-from|host)/.test(name)))).toEqual({
    "x-from": "front",
    "spin-path-info": "/front/a%2Fb/",
    "spin-full-url": "http://localhost/front/a%2Fb/?q=1",
    "spin-matched-route": "/...",
    "spin-base-path": "/",
    "spin-raw-component-route": "/...",
    "spin-component-route": "",
    "spin-client-addr": "0.0.0.0:0",
  });
  // A private component has no route of its own.
  expect(await fetched(page, "/end")).toBe("404 ");

  const trace = await traceOf(studio, "/front/a%2Fb/");
  const middle = outboundOf(trace)?.inner;
  expect(middle).toMatchObject({
    component: "middle",
    status: 200,
    url: "http://middle.spin.internal/front/a%2Fb/?q=1",
  });
  const back = middle && outboundOf(middle)?.inner;
  expect(back).toMatchObject({ component: "back", method: "POST", status: 200 });
  expect(back?.spans.map(({ name }) => name)).toEqual(expect.arrayContaining(["queue", "instance", "handler"]));

  await studio.getByRole("tab", { name: "Traces" }).click();
  await studio.getByRole("searchbox", { name: "Filter requests" }).fill("back");
  const option = studio.getByRole("listbox", { name: "Requests" }).getByRole("option");
  await expect(option).toHaveCount(1);
  await option.click();
  const spans = studio.getByRole("listbox", { name: "Spans" });
  await studio.getByRole("button", { name: /^Host calls/ }).click();
  await expect(
    spans.getByRole("option").filter({ hasText: "back: POST http://back.spin.internal/end 200" }),
  ).toBeVisible();
  await expect(spans.getByRole("option").filter({ hasText: "handler" })).toHaveCount(3);
});

test("a component that there is not traps the one that asks, and both log and trace say what is wrong", async ({
  studio,
  context,
}) => {
  const { page } = await start(studio, context, {
    front: {
      source: listener(`try { await fetch("http://nope.spin.internal/"); } catch {} return new Response("went on");`),
      route: `"/..."`,
      section: `allowed_outbound_hosts = ["http://*:*"]`,
    },
  });
  expect(await fetched(page, "/x")).toBe("500 ");
  const reason = "guest invocation failed: unknown routing destination 'nope'";
  expect((await traceOf(studio, "/x")).failure?.message).toContain(reason);
  expect(await linesOf(studio)).toContain(`Error processing request: ${reason}`);
});

test("requests to itself without end stop at the limit, and many at once all get their answer", async ({
  studio,
  context,
}) => {
  const { page } = await start(studio, context, {
    front: {
      source: listener(`const depth = Number(url.searchParams.get("depth"));
  if (depth === 0) return new Response("end");
  try {
    return new Response(depth + " " + (await (await fetch("/?depth=" + (depth - 1))).text()));
  } catch (error) {
    return new Response("stopped");
  }`),
      route: `"/..."`,
      section: `allowed_outbound_hosts = ["http://self"]`,
    },
  });
  expect(await fetched(page, "/?depth=9")).toBe("200 9 8 7 6 5 stopped");
  expect(await linesOf(studio)).toContain("nestedRequests");
  const answers = await page.evaluate(() =>
    Promise.all(Array.from({ length: 40 }, async () => (await fetch("/?depth=3", { cache: "no-store" })).text())),
  );
  expect(new Set(answers)).toEqual(new Set(["3 2 1 end"]));
});

test("a chained body streams, and ends when the page that reads it goes away", async ({ studio, context }) => {
  const { page } = await start(studio, context, {
    front: {
      source: listener(`return fetch("http://back.spin.internal/");`),
      route: `"/..."`,
      section: `allowed_outbound_hosts = ["http://back.spin.internal"]`,
    },
    back: {
      source: listener(`let count = 0;
  return new Response(new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      controller.enqueue(new TextEncoder().encode("part " + count++ + ";"));
    },
  }));`),
      route: "{ private = true }",
    },
  });
  const text = await page.evaluate(async () => {
    const response = await fetch("/stream", { cache: "no-store" });
    if (!response.body) throw new Error("no body");
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let read = "";
    while (!read.includes("part 3;")) read += (await reader.read()).value ?? "";
    await reader.cancel();
    return read;
  });
  expect(text).toMatch(/^part 0;part 1;part 2;part 3;/);
  // The page has cancelled it before the guest hears of that. The request within it ends with it.
  await expect.poll(() => findTrace(studio, "/stream")).toBeDefined();
  expect(outboundOf(await traceOf(studio, "/stream"))?.inner).toMatchObject({ component: "back", status: 200 });
});
