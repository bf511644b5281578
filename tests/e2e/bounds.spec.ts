import type { Frame, Page } from "@playwright/test";
import { expect, openStudio, test } from "./fixtures.ts";
import { listener, project } from "./projects.ts";

/** What happens to requests when a worker is ended, and to guests when nobody wants their answer. */
const source = listener(
  `
  const store = Kv.openDefault();
  const name = url.searchParams.get("name") ?? "";
  if (url.pathname === "/spin") { store.set("spinning", "1"); for (;;); }
  if (url.pathname === "/wait") {
    store.set("run " + name + " " + Math.random(), "");
    while (!store.exists("spinning")) await new Promise((resolve) => setTimeout(resolve, 50));
    return new Response("waited");
  }
  if (url.pathname === "/count") {
    if (name === "head") {
      for (let count = 1; ; count++) { store.set("count", String(count)); await new Promise((resolve) => setTimeout(resolve, 50)); }
    }
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const send = async (): Promise<void> => {
      for (let count = 1; ; count++) {
        store.set("count", String(count));
        await writer.write(new TextEncoder().encode("x"));
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    void send();
    return new Response(readable);
  }
  return new Response("fine");`,
  `import * as Kv from "@spinframework/spin-kv";`,
);

/** Starts the application, and waits until it has all its workers, the spare one included. */
async function start(studio: Page): Promise<{ url: string; engine: Frame }> {
  const files = project(source, { component: `key_value_stores = ["default"]` });
  const { url } = await studio.evaluate(async (sources) => {
    await playground.open(sources);
    return playground.up();
  }, files);
  const engine = studio.frames().find((frame) => frame.url().startsWith(`${url}/.well-known/`));
  if (!engine) throw new Error("The engine's page is not there.");
  // A hidden frame has no animation frames, by which Playwright looks otherwise.
  await engine.waitForFunction(() => instanceWorkers === 3, undefined, { polling: 100 });
  return { url, engine };
}

/** Of the engine's page: how many instance workers were started, and whether further ones never come to life. */
declare global {
  var instanceWorkers: number;
  var noMoreWorkers: boolean;
}

test.beforeEach(async ({ context }) => {
  await context.addInitScript(() => {
    const Native = Worker;
    globalThis.instanceWorkers = 0;
    globalThis.Worker = class extends Native {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(globalThis.noMoreWorkers ? "data:text/javascript,for(;;);" : address, options);
        if (options?.name === "instance") globalThis.instanceWorkers += 1;
      }
    };
  });
});

test("the spare worker answers when the others were ended, without another one being started", async ({ studio }) => {
  const { engine } = await start(studio);
  await engine.evaluate(() => (globalThis.noMoreWorkers = true));
  const result = await studio.evaluate(async () => {
    // Long enough for both guests to begin on a busy machine.
    await playground.configure({ requestDeadlineMs: 4_000 });
    const spinning = await Promise.all([playground.request("/spin"), playground.request("/spin")]);
    const next = await playground.request("/");
    return { spinning: spinning.map(({ status }) => status), next: await next.text() };
  });
  expect(result).toEqual({ spinning: [502, 502], next: "fine" });
});

/** Answers to requests that waited while another one's guest began to compute without end, as status and text. */
interface Outcome {
  spin: string;
  GET: string[];
  POST: string[];
  /** How often each request's guest was run, by name (`GET0`). */
  runs: Record<string, number>;
}

/** @param page from which requests are sent: an application's page by `fetch`, the studio by direct dispatch */
async function computeBeside(studio: Page, page: Page): Promise<Outcome> {
  // Long enough for all to begin on a busy machine; those that wait have it, too.
  await studio.evaluate(() => playground.configure({ requestDeadlineMs: 8_000 }));
  const runs = async (): Promise<string[]> =>
    studio.evaluate(async () =>
      (await playground.keyValue().keys()).flatMap((key) => /^run (\S+)/.exec(key)?.[1] ?? []),
    );
  const ask = (name: string, method: string): Promise<string> =>
    page.evaluate(
      async ([path, used]) => {
        const response = await ("playground" in globalThis
          ? playground.request(path, { method: used })
          : fetch(path, { method: used }));
        return `${response.status} ${await response.text()}`;
      },
      [`/wait?name=${name}`, method] as const,
    );
  const waiting: Record<"GET" | "POST", Promise<string>[]> = { GET: [], POST: [] };
  for (const method of ["GET", "POST"] as const) {
    for (let index = 0; index < 4; index += 1) {
      const name = `${method}${index}`;
      waiting[method].push(ask(name, method));
      // One after the other, so that each worker gets every second one of both kinds.
      await expect.poll(runs, { intervals: [50] }).toContain(name);
    }
  }
  const spin = await page.evaluate(async () => {
    const response = await ("playground" in globalThis ? playground.request("/spin") : fetch("/spin"));
    return `${response.status} ${await response.text()}`;
  });
  const [GET, POST] = await Promise.all([Promise.all(waiting.GET), Promise.all(waiting.POST)]);
  const counts: Record<string, number> = {};
  for (const name of await runs()) counts[name] = (counts[name] ?? 0) + 1;
  return { spin, GET, POST, runs: counts };
}

function expectSafelyRepeated({ spin, GET, POST, runs }: Outcome): void {
  expect(spin).toMatch(/^502 .*computed for more than 8 s.* It was running the handler of this request\.\n$/);
  // Those that were in the same worker were run again by another one.
  expect(GET).toEqual(Array(4).fill("200 waited"));
  expect(Object.values(runs).filter((count) => count > 2)).toEqual([]);
  expect(GET.filter((_, index) => runs[`GET${index}`] === 2)).not.toEqual([]);
  expect(GET.filter((_, index) => runs[`GET${index}`] === 1)).not.toEqual([]);
  // A POST is not, and those in the other worker are untouched.
  const lost = POST.filter((answer) => answer !== "200 waited");
  expect(lost.length).toBeGreaterThan(0);
  expect(lost.length).toBeLessThan(4);
  for (const answer of lost)
    expect(answer).toMatch(/^502 .*not sent again: a POST request may have changed something\.\n$/);
  expect([0, 1, 2, 3].map((index) => runs[`POST${index}`])).toEqual([1, 1, 1, 1]);
}

test("requests beside one that computes without end are sent again where that is safe: by direct dispatch", async ({
  studio,
}) => {
  await start(studio);
  expectSafelyRepeated(await computeBeside(studio, studio));
});

test("and through the service worker", async ({ studio, context }) => {
  const { url } = await start(studio);
  const tab = await context.newPage();
  await tab.goto(url);
  expectSafelyRepeated(await computeBeside(studio, tab));
});

/** Waits until the guest of `/count` counts, and then until it does not any more. */
async function countingEnds(studio: Page, leave: () => Promise<unknown>): Promise<void> {
  const count = (): Promise<string> =>
    studio.evaluate(async () => new TextDecoder().decode(await playground.keyValue().get("count")));
  await studio.evaluate(() => playground.keyValue().delete("count"));
  await expect.poll(async () => Number(await count())).toBeGreaterThan(2);
  await leave();
  let last = "";
  const isStill = async (): Promise<boolean> => {
    const before = last;
    last = await count();
    return last === before;
  };
  await expect.poll(isStill, { intervals: [1_000] }).toBe(true);
}

test("a guest that streams is ended when nobody reads any more", async ({ studio, context }) => {
  const { url } = await start(studio);
  const tab = await context.newPage();
  await tab.goto(url);
  await tab.evaluate(async () => {
    globalThis.leave = new AbortController();
    globalThis.streaming = await fetch("/count", { signal: globalThis.leave.signal });
  });
  await countingEnds(studio, () => tab.evaluate(() => globalThis.leave.abort()));

  await tab.evaluate(async () => (globalThis.streaming = await fetch("/count")));
  await countingEnds(studio, () => tab.evaluate(() => globalThis.streaming.body?.cancel()));

  await tab.evaluate(async () => (globalThis.streaming = await fetch("/count")));
  await countingEnds(studio, () => tab.close());
});

declare global {
  var leave: AbortController;
  var streaming: Response;
}

test("a guest that has not answered yet is ended when the page that asked is gone", async ({ studio, context }) => {
  const { url } = await start(studio);
  const tab = await context.newPage();
  await tab.goto(url);
  await tab.evaluate(() => void fetch("/count?name=head"));
  await countingEnds(studio, () => tab.goto(url));

  const navigation = tab.goto(`${url}/count?name=head`).catch(() => undefined);
  await countingEnds(studio, () => tab.close());
  await navigation;
});

/** Settles with how the body of `streaming` ended. */
const endOfStream = (tab: Page): Promise<string> =>
  tab.evaluate(async () => {
    const reader = globalThis.streaming.body?.getReader();
    try {
      while (!(await reader?.read())?.done);
      return "ended";
    } catch {
      return "broken off";
    }
  });

test("a stream whose engine goes away breaks off, and the next request finds the engine of another studio", async ({
  studio,
  context,
}) => {
  const { url } = await start(studio);
  const second = await context.newPage();
  await openStudio(second);
  expect(await second.evaluate(async () => (await playground.up()).url)).toBe(url);
  const tab = await context.newPage();
  await tab.goto(url);
  await tab.evaluate(async () => (globalThis.streaming = await fetch("/count")));
  // Which of the two engines has it is not known: both go, one after the other.
  const end = endOfStream(tab);
  await studio.close();
  expect(await tab.evaluate(async () => (await fetch("/")).text())).toBe("fine");
  await second.close();
  expect(await end).toBe("broken off");
});

test("a stream whose engine's frame is removed breaks off, and the next page runs the application by itself", async ({
  studio,
  context,
}) => {
  const { url } = await start(studio);
  const tab = await context.newPage();
  await tab.goto(url);
  await tab.evaluate(async () => (globalThis.streaming = await fetch("/count")));
  const end = endOfStream(tab);
  await studio.evaluate(() => document.querySelector('iframe[title="Engine of the running application"]')?.remove());
  expect(await end).toBe("broken off");
  await tab.goto(`${url}/again`);
  await expect(tab.frameLocator('iframe[title="The application"]').locator("body")).toHaveText("fine");
  expect(await tab.evaluate(async () => (await fetch("/")).text())).toBe("fine");
});
