import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { EngineResponse } from "../runtime/dispatch/responder.ts";
import { serve } from "../runtime/dispatch/responder.ts";
import { deploymentCache, type EngineToServiceWorker } from "../runtime/protocol.ts";
import type { FetchEvent, ServiceWorkerScope } from "./scope.ts";

/** What the browser has, and what was told to the engine's page. */
const stored = new Set<string>();
const told: unknown[] = [];
const page = { postMessage: (message: unknown) => told.push(message) };
const ends: (() => void)[] = [];

beforeEach(() => {
  stored.clear();
  told.length = 0;
  vi.stubGlobal("clients", { matchAll: async () => [], get: async () => ({}) });
  vi.stubGlobal("navigator", { locks: { request: () => new Promise(() => {}) } });
  vi.stubGlobal("caches", { open: async () => ({ match: async (key: string) => (stored.has(key) ? {} : undefined) }) });
  vi.stubGlobal("fetch", async (path: string) => new Response(`file ${path}`));
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  vi.unstubAllGlobals();
  vi.resetModules();
});

type Answer = (path: string) => Promise<Partial<EngineResponse>>;

async function start() {
  const { Engines } = await import("./engines.ts");
  const { answer } = await import("./answer.ts");
  const { Cookies } = await import("./cookies/cookies.ts");
  const works: Promise<unknown>[] = [];
  const engines = new Engines();
  const scope = { location: new URL("http://app.test/sw.js"), registration: {} } as unknown as ServiceWorkerScope;
  const cookies = new Cookies(scope, { load: async () => ({ cookies: [] }), save: async () => undefined });
  const receive = (message: EngineToServiceWorker): void => engines.receive(message, page);
  const sent: [string, string][][] = [];
  return {
    /** The `cookie` fields of each request. */
    sent,
    send: (request: Request) => {
      const waitUntil = (work: Promise<unknown>): void => void works.push(work);
      return answer({ request, clientId: "page", resultingClientId: "", waitUntil } as FetchEvent, {
        engines,
        cookies,
      });
    },
    /** Another worker of the engine. */
    worker: (workerId: number, handle: Answer, isStandalone = false): void => {
      const { port1, port2 } = new MessageChannel();
      ends.push(() => port1.close());
      const whole = { requestId: "r", status: 200, headers: [], first: new Uint8Array(), body: undefined };
      serve(port1, async ({ url, headers }) => {
        sent.push(headers.filter(([name]) => name === "cookie"));
        return { ...whole, ...(await handle(new URL(url).pathname)) };
      });
      const engine = { engineId: "e", engineLock: "l", isStandalone, since: 1, workerId, connection: workerId };
      receive({ type: "engine", ...engine, port: port2 });
    },
    lose: (workerId: number, running: number[] = []): void =>
      receive({
        type: "worker-gone",
        engineId: "e",
        workerId,
        reason: "It computed.",
        running: running.map((id) => ({ connection: workerId, id })),
      }),
  };
}

/** Node's `Request` takes neither `mode: "navigate"` nor a destination. */
function navigation(path: string, init?: RequestInit): Request {
  const request = new Request(`http://app.test${path}`, init);
  return Object.defineProperties(request, { mode: { value: "navigate" }, destination: { value: "document" } });
}
const get = (path: string): Request => new Request(`http://app.test${path}`);
const never = () => new Promise<never>(() => {});

test("a request beside the one that ended its worker is answered by another", async () => {
  const { send, worker, lose } = await start();
  const asked: string[] = [];
  worker(1, (path) => {
    asked.push(path);
    return never();
  });
  const answers = [send(get("/spin")), send(get("/beside"))];
  const posted = send(new Request("http://app.test/post", { method: "POST", body: "x" }));
  await expect.poll(() => asked).toEqual(["/spin", "/beside", "/post"]);
  worker(2, async () => ({ status: 201 }));
  lose(1, [1]);
  const [spin, beside] = await Promise.all(answers);
  expect([spin?.status, beside?.status, (await posted).status]).toEqual([502, 201, 502]);
  expect(await spin?.text()).toBe("It computed. It was running the handler of this request.\n");
  expect(await (await posted).text()).toContain("a POST request may have changed something");
});

test("the studio hears of a request that is lost", async () => {
  const { send, worker, lose } = await start();
  let isAsked = false;
  worker(1, () => {
    isAsked = true;
    return never();
  });
  const answer = send(get("/spin"));
  await expect.poll(() => isAsked).toBe(true);
  lose(1, [1]);
  await answer;
  const failure = { code: "engine-unavailable", message: "It computed. It was running the handler of this request." };
  const trace = { url: "http://app.test/spin", method: "GET", status: 502, failure };
  expect(told).toMatchObject([{ type: "engine-event", engineId: "e", event: { type: "trace", trace } }]);
});

test("a body breaks off with its worker, and the studio hears of that", async () => {
  const { send, worker, lose } = await start();
  const open: EngineResponse["body"] = {
    state: "open",
    failure: undefined,
    isReady: false,
    take: () => new Uint8Array(),
    ready: never,
    cancel: () => undefined,
  };
  worker(1, async () => ({ status: 203, requestId: "streamed", body: open }));
  const response = await send(get("/stream"));
  lose(1);
  await expect(response.text()).rejects.toThrow("It computed.");
  const trace = {
    requestId: "streamed",
    status: 203,
    failure: { message: expect.stringContaining("a part of its answer was there already") },
  };
  expect(told).toMatchObject([{ type: "engine-event", event: { type: "trace", trace } }]);
});

test("a page without a studio gets the one that runs the application, once there is something to run", async () => {
  const { send, worker } = await start();
  const nothing = await send(navigation("/"));
  expect([nothing.status, nothing.headers.get("retry-after")]).toEqual([503, "1"]);
  expect(nothing.headers.get("content-type")).toContain("text/html");
  stored.add(deploymentCache.address);
  expect(await (await send(navigation("/"))).text()).toMatch(/^file .*standalone\.html$/);
  // A form cannot be sent again by that page, and what is no page gets words.
  expect((await send(navigation("/", { method: "POST", body: "x" }))).status).toBe(503);
  expect((await send(get("/api"))).headers.get("content-type")).toContain("text/plain");
  // Another page of its own runs already, and may be closed at any time.
  worker(1, async () => ({ status: 201 }), true);
  expect((await send(navigation("/"))).status).toBe(200);
  expect((await send(get("/api"))).status).toBe(201);
});

test("with a studio a page is the application's own", async () => {
  const { send, worker } = await start();
  stored.add(deploymentCache.address);
  worker(1, async () => ({ status: 201 }));
  expect((await send(navigation("/"))).status).toBe(201);
});

test("cookies go out with requests and come in with answers, and the studio hears of those that are refused", async () => {
  const { send, worker, sent } = await start();
  worker(1, async () => ({
    headers: [
      ["set-cookie", "a=1; HttpOnly"],
      ["set-cookie", "b=2"],
      ["set-cookie", "c=3; Domain=test"],
    ],
  }));
  await send(get("/"));
  await send(get("/again"));
  expect(sent).toEqual([[], [["cookie", "a=1; b=2"]]]);
  const line = {
    stream: "engine",
    requestId: "r",
    text: expect.stringContaining('"c" was refused: its domain "test"'),
  };
  expect(told[0]).toMatchObject({ type: "engine-event", event: { type: "log", line } });
});
