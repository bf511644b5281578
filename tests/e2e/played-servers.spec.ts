/** Redis and MQTT, which the tab plays, through the service worker or direct dispatch. */
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { test as shared } from "./workbench.ts";
import { listener, project } from "./projects.ts";

/** Runs the command that the body has as JSON, and answers with its results as text; `/mqtt` publishes the body. */
const source = listener(
  `const body = await request.text();
  const encoder = new TextEncoder();
  try {
    if (url.pathname === "/mqtt") {
      Mqtt.open("mqtt://broker?client_id=a", "", "", 30n).publish("house/kitchen", encoder.encode(body), "exactly-once");
      return new Response("published");
    }
    const [command, ...words] = JSON.parse(body);
    const parameters = words.map((word) => ({ tag: "binary", val: encoder.encode(word) }));
    const results = Redis.open("redis://server").execute(command, parameters);
    const shown = results.map(({ tag, val }) => (tag === "binary" ? new TextDecoder().decode(val) : String(val)));
    return new Response(shown.join(" "));
  } catch (error) {
    return new Response(JSON.stringify(error.payload ?? String(error)), { status: 500 });
  }`,
  `import { Connection as Redis } from "fermyon:spin/redis@2.0.0";
import { Connection as Mqtt } from "fermyon:spin/mqtt@2.0.0";`,
);

const openProject = (page: Page): Promise<{ url: string }> =>
  page.evaluate(
    async (files) => {
      await playground.open(files);
      return playground.up();
    },
    project(source, { component: 'allowed_outbound_hosts = ["redis://server", "mqtt://broker"]' }),
  );

/** Sends the body to the application; from the studio directly, from any other page by the service worker. */
const post = (page: Page, path: string, body: string): Promise<string> =>
  page.evaluate(
    async ([target, text]) => {
      const init = { method: "POST", body: text };
      const answer = "playground" in window ? await playground.request(target, init) : await fetch(target, init);
      return answer.text();
    },
    [path, body] as const,
  );

const command = (page: Page, ...words: string[]): Promise<string> => post(page, "/", JSON.stringify(words));

const messages = (page: Page): Promise<string[]> =>
  page.evaluate(async () => (await playground.logs()).map(({ text }) => text));

test("data is there after a reload, the calls are in the trace, and the log says who answers", async ({ studio }) => {
  await openProject(studio);
  expect(await command(studio, "RPUSH", "list", "kept")).toBe("1");
  await studio.reload();
  await studio.waitForFunction(() => "playground" in window);
  await studio.evaluate(() => playground.up());
  expect(await command(studio, "LRANGE", "list", "0", "-1")).toBe("kept");
  await expect
    .poll(() => messages(studio))
    .toContainEqual(expect.stringContaining("redis://server:6379 is played by a Redis of this browser tab"));
  const calls = () =>
    studio.evaluate(async () => {
      const traces = await playground.traces();
      const whole = await Promise.all(traces.map(({ requestId }) => playground.trace(requestId)));
      return whole.flatMap(({ spans }) => spans.map(({ call }) => call?.interface));
    });
  await expect.poll(calls).toContain("fermyon:spin/redis@2.0.0");
});

shared("requests in several workers and tabs lose no write of one another", async ({ studio, context }) => {
  const { url } = await openProject(studio);
  const tab = await context.newPage();
  await tab.goto(`${url}/.well-known/spin/health`);
  const increments = (page: Page) => Array.from({ length: 20 }, () => command(page, "INCR", "counter"));
  const answers = await Promise.all([...increments(studio), ...increments(tab)]);
  expect(answers.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  expect(await command(studio, "GET", "counter")).toBe("40");
  // Both workers have opened the address.
  const notices = (await messages(studio)).filter((text) => text.includes("is played by a Redis"));
  expect(notices).toHaveLength(1);
});

shared(
  "published messages are heard in other threads of the origin, and listeners are counted",
  async ({ studio, context }) => {
    const { url } = await openProject(studio);
    const tab = await context.newPage();
    await tab.goto(`${url}/.well-known/spin/health`);
    expect(await command(studio, "PUBLISH", "news", "nobody")).toBe("0");
    const heard = await tab.evaluateHandle(async () => {
      const list: unknown[] = [];
      new BroadcastChannel("spin-published").addEventListener("message", ({ data }: MessageEvent<object>) =>
        list.push(data),
      );
      // As `listen` in runtime/stores/published.ts does.
      await new Promise<void>((listening) => {
        const name = `spin-listener:${JSON.stringify(["redis", "server:6379", "news"])}`;
        void navigator.locks.request(name, { mode: "shared" }, () => new Promise(() => listening()));
      });
      return list;
    });
    expect(await command(studio, "PUBLISH", "news", "hello")).toBe("1");
    expect(await post(studio, "/mqtt", "on")).toBe("published");
    const list = () =>
      heard.evaluate((found) =>
        (found as { payload: Uint8Array }[]).map((message) => ({ ...message, payload: [...message.payload] })),
      );
    const bytes = (text: string) => [...new TextEncoder().encode(text)];
    await expect.poll(list).toEqual([
      { type: "redis", server: "server:6379", channel: "news", payload: bytes("hello") },
      { type: "mqtt", server: "broker:1883", channel: "house/kitchen", payload: bytes("on"), qos: "exactly-once" },
    ]);
  },
);

shared("an error of Redis is the guest's to handle", async ({ studio: page }) => {
  await openProject(page);
  expect(JSON.parse(await command(page, "NOPE"))).toEqual({
    tag: "other",
    val: "An error was signalled by the server - ResponseError: unknown command 'NOPE', with args beginning with: ",
  });
});
