import { serviceWorkerStopper } from "./service-worker.ts";
import { expect, test } from "./fixtures.ts";
import { test as shared } from "./workbench.ts";
import { listener, project } from "./projects.ts";

/** Remembers the paths it is asked for; of one letter only, since the preview and the browser ask for others. */
const visits = (greeting: string): string =>
  listener(
    `const store = Kv.openDefault();
  store.set(url.pathname, "visited");
  const seen = store.getKeys().filter((path) => path.length === 2).sort();
  return new Response("${greeting} " + seen.join(" "), { headers: { "content-type": "text/plain" } });`,
    `import * as Kv from "@spinframework/spin-kv";`,
  );

test("a workspace is built, served to pages and tabs of its origin, changed, reloaded, and keeps its data", async ({
  studio,
  context,
}) => {
  const files = project(visits("hello"), { component: `key_value_stores = ["default"]` });
  const { url, routes } = await studio.evaluate(async (sources) => {
    await playground.open(sources);
    return playground.up();
  }, files);
  expect(new URL(url).hostname).toMatch(/^[a-z0-9-]+\.play\.localhost$/);
  expect(routes).toEqual([{ id: "main", route: "/", wildcard: true }]);

  // A page of the application origin, in a tab of its own: through the service worker.
  const tab = await context.newPage();
  await tab.goto(`${url}/a`);
  await expect(tab.locator("body")).toHaveText("hello /a");
  expect(await tab.evaluate(async () => (await fetch("/b")).text())).toBe("hello /a /b");
  const second = await context.newPage();
  await second.goto(`${url}/c`);
  await expect(second.locator("body")).toHaveText("hello /a /b /c");

  await studio.evaluate(async (source) => {
    await playground.write("src/index.ts", source);
    await playground.settled();
  }, visits("changed"));
  expect(await tab.evaluate(async () => (await fetch("/d")).text())).toBe("changed /a /b /c /d");

  await studio.reload();
  await studio.waitForFunction(() => "playground" in window);
  const after = await studio.evaluate(async () => {
    const running = await playground.up();
    const response = await playground.request("/e");
    const value = await playground.keyValue().get("/a");
    return { url: running.url, text: await response.text(), stored: new TextDecoder().decode(value) };
  });
  expect(after).toEqual({ url, text: "changed /a /b /c /d /e", stored: "visited" });
  // A tab that was open all the time goes on.
  expect(await second.evaluate(async () => (await fetch("/f")).text())).toBe("changed /a /b /c /d /e /f");
});

shared("the service worker may be stopped between two requests", async ({ studio, context }) => {
  const { url } = await studio.evaluate(
    async (sources) => {
      await playground.open(sources);
      return playground.up();
    },
    project(listener(`return new Response("answer to " + url.pathname);`)),
  );
  const tab = await context.newPage();
  await tab.goto(`${url}/one`);
  await expect(tab.locator("body")).toHaveText("answer to /one");

  const stopServiceWorker = await serviceWorkerStopper(context, tab, url);
  await stopServiceWorker();

  expect(await tab.evaluate(async () => (await fetch("/two")).text())).toBe("answer to /two");
});

shared("every request gets an instance of its own", async ({ studio }) => {
  const source = `let seen = 0;\n${listener(`seen += 1; return new Response(String(seen));`)}`;
  const answers = await studio.evaluate(async (sources) => {
    await playground.open(sources);
    await playground.up();
    const texts: string[] = [];
    for (let index = 0; index < 5; index++) texts.push(await (await playground.request("/")).text());
    return texts;
  }, project(source));
  expect(answers).toEqual(["1", "1", "1", "1", "1"]);
});

shared("bodies stream in both directions", async ({ studio, context }) => {
  const source = listener(`
  if (url.pathname === "/echo") return new Response(request.body);
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const send = async (): Promise<void> => {
    for (let index = 0; index < 3; index++) {
      await writer.write(new TextEncoder().encode("part " + index + ";"));
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    await writer.close();
  };
  void send();
  return new Response(readable);`);
  const { url } = await studio.evaluate(async (sources) => {
    await playground.open(sources);
    return playground.up();
  }, project(source));
  const tab = await context.newPage();
  await tab.goto(url);

  const parts = await tab.evaluate(async () => {
    const reader = (await fetch("/stream")).body?.getReader();
    const texts: string[] = [];
    for (;;) {
      const chunk = await reader?.read();
      if (!chunk || chunk.done) return texts;
      texts.push(new TextDecoder().decode(chunk.value));
    }
  });
  expect(parts.join("")).toBe("part 0;part 1;part 2;");
  expect(parts.length).toBeGreaterThan(1);

  const echoed = await tab.evaluate(async () => {
    const sent = crypto.getRandomValues(new Uint8Array(60_000));
    const body = new Blob(Array.from({ length: 10 }, () => sent));
    const received = new Uint8Array(await (await fetch("/echo", { method: "POST", body })).arrayBuffer());
    return received.length === 600_000 && received.every((byte, index) => byte === sent[index % 60_000]);
  });
  expect(echoed).toBe(true);
});
