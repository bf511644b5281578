import { expect, test } from "./fixtures.ts";
import { listener, project } from "./projects.ts";

const counter = (greeting: string): string =>
  listener(
    `const store = Kv.openDefault();
  const count = Number(new TextDecoder().decode(store.get("count") ?? new Uint8Array())) + 1;
  store.set("count", String(count));
  return new Response("${greeting} " + count + " " + url.pathname, { headers: { "content-type": "text/plain" } });`,
    `import * as Kv from "@spinframework/spin-kv";`,
  );

test("a workspace is built, served to pages and tabs of its origin, changed, reloaded, and keeps its data", async ({
  studio,
  context,
}) => {
  const files = project(counter("hello"), { component: `key_value_stores = ["default"]` });
  const { url, routes } = await studio.evaluate(async (sources) => {
    await playground.open(sources);
    return playground.up();
  }, files);
  expect(new URL(url).hostname).toMatch(/^[a-z0-9-]+\.play\.localhost$/);
  expect(routes).toEqual([{ id: "main", route: "/", wildcard: true }]);

  // A page of the application origin, in a tab of its own: through the service worker.
  const tab = await context.newPage();
  await tab.goto(`${url}/first`);
  await expect(tab.locator("body")).toHaveText("hello 1 /first");
  expect(await tab.evaluate(async () => (await fetch("/from-page")).text())).toBe("hello 2 /from-page");
  const second = await context.newPage();
  await second.goto(`${url}/second`);
  await expect(second.locator("body")).toHaveText("hello 3 /second");

  await studio.evaluate(async (source) => {
    await playground.write("src/index.ts", source);
    await playground.settled();
  }, counter("changed"));
  expect(await tab.evaluate(async () => (await fetch("/again")).text())).toBe("changed 4 /again");

  await studio.reload();
  await studio.waitForFunction(() => "playground" in window);
  const after = await studio.evaluate(async () => {
    const running = await playground.up();
    const response = await playground.request("/after");
    const value = await playground.keyValue().get("count");
    return { url: running.url, text: await response.text(), stored: new TextDecoder().decode(value) };
  });
  expect(after).toEqual({ url, text: "changed 5 /after", stored: "5" });
  // A tab that was open all the time goes on.
  expect(await second.evaluate(async () => (await fetch("/still")).text())).toBe("changed 6 /still");
});

test("the service worker may be stopped between two requests", async ({ studio, context, browser }) => {
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

  const devtools = await browser.newBrowserCDPSession();
  const { targetInfos } = await devtools.send("Target.getTargets");
  const workers = targetInfos.filter(({ type, url: script }) => type === "service_worker" && script.startsWith(url));
  expect(workers).toHaveLength(1);
  const page = await context.newCDPSession(tab);
  await page.send("ServiceWorker.enable");
  await page.send("ServiceWorker.stopAllWorkers");
  await expect
    .poll(async () => {
      const targets = (await devtools.send("Target.getTargets")).targetInfos;
      return targets.filter(({ targetId }) => targetId === workers[0]?.targetId).length;
    })
    .toBe(0);

  expect(await tab.evaluate(async () => (await fetch("/two")).text())).toBe("answer to /two");
});

test("every request gets an instance of its own", async ({ studio }) => {
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

test("bodies stream in both directions", async ({ studio, context }) => {
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
