import { afterEach, expect, test, vi } from "vitest";
import { enginePath, type EngineToServiceWorker } from "../runtime/protocol.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

interface FakeWindow {
  url: string;
  postMessage: (message: unknown) => void;
}

/** The service worker's global scope, as far as `Engines` uses it. */
async function inScope(matchAll: () => Promise<FakeWindow[]>) {
  const held = new Map<string, () => void>();
  vi.stubGlobal("clients", { matchAll });
  vi.stubGlobal("navigator", {
    locks: {
      request: (name: string, granted: () => void) => {
        held.set(name, granted);
        return new Promise(() => {});
      },
    },
  });
  const { Engines } = await import("./engines.ts");
  return { engines: new Engines(), endEngine: (id = "e") => held.get(id)?.() };
}

const page = { postMessage: () => undefined };
const window = (path: string, postMessage: (message: unknown) => void = () => undefined): FakeWindow => ({
  url: `http://app.test${path}`,
  postMessage,
});
const patient = { isHasty: false };
const hasty = { isHasty: true };

type Offer = Extract<EngineToServiceWorker, { type: "engine" }>;
function offer(changes: Partial<Offer> = {}): Offer {
  const { port1: port } = new MessageChannel();
  const id = changes.engineId ?? "e";
  const engine = { engineId: id, engineLock: id, isStandalone: false, since: 1, workerId: 1, connection: 1 };
  return { type: "engine", ...engine, port, ...changes };
}

test("windows are asked for an engine once for all requests that wait, and answer them all", async () => {
  const asked: unknown[] = [];
  const { engines, endEngine } = await inScope(async () => [window("/", (message) => asked.push(message))]);
  const waiting = [engines.find(patient), engines.find(patient)];
  await expect.poll(() => asked).toEqual([{ type: "engine-wanted" }]);
  engines.receive(offer(), page);
  const [first, second] = await Promise.all(waiting);
  expect(first).toBeDefined();
  expect(second).toBe(first);
  endEngine();
});

test("one that is hasty waits for an engine's page that is there, and for no other window", async () => {
  let windows = [window("/")];
  const { engines, endEngine } = await inScope(async () => windows);
  expect(await engines.find(hasty)).toBeUndefined();
  windows = [window("/"), window(`${enginePath}engine.html`)];
  const waiting = engines.find(hasty);
  engines.receive(offer(), page);
  expect(await waiting).toBeDefined();
  endEngine();
});

test("no engine is chosen before all whose pages are there have answered", async () => {
  const pages = [window(`${enginePath}engine.html`), window(`${enginePath}engine.html`)];
  const { engines, endEngine } = await inScope(async () => pages);
  const waiting = engines.find(patient);
  await new Promise((resolve) => setTimeout(resolve));
  engines.receive(offer({ engineId: "old", since: 1 }), page);
  engines.receive(offer({ engineId: "new", since: 2 }), page);
  expect((await waiting)?.engine.id).toBe("new");
  endEngine("old");
  endEngine("new");
});

test("an engine that offers itself after a start does not hide another that has not", async () => {
  const asked: unknown[] = [];
  const pages = ["a", "b"].map(() => window(`${enginePath}engine.html`, (message) => asked.push(message)));
  const { engines, endEngine } = await inScope(async () => pages);
  engines.receive(offer({ engineId: "old", since: 1 }), page);
  const waiting = engines.find(patient);
  await expect.poll(() => asked).toHaveLength(2);
  engines.receive(offer({ engineId: "new", since: 2 }), page);
  expect((await waiting)?.engine.id).toBe("new");
  // Asked once: further engines offer themselves.
  await engines.find(patient);
  expect(asked).toHaveLength(2);
  endEngine("old");
  endEngine("new");
});

test("a failure to ask is not the last word", async () => {
  const matchAll = vi.fn<() => Promise<[]>>().mockRejectedValueOnce(new Error("no clients")).mockResolvedValue([]);
  const { engines } = await inScope(matchAll);
  await expect(engines.find(patient)).rejects.toThrow("no clients");
  expect(await engines.find(patient)).toBeUndefined();
});

test("an engine that is gone fails what is under way, and is not used again", async () => {
  const { engines, endEngine } = await inScope(async () => []);
  engines.receive(offer(), page);
  const way = await engines.find(patient);
  const pending = expect(way?.caller.send(new Request("http://app.test/"))).rejects.toMatchObject({
    code: "engine-unavailable",
    message: "The page with the engine was closed or reloaded.",
    wasRunning: false,
  });
  await expect.poll(() => way?.caller.inFlight).toBe(1);
  endEngine();
  await pending;
  expect(await engines.find(patient)).toBeUndefined();
});

test("a worker that is gone tells the requests that were running from those that were not", async () => {
  const { engines, endEngine } = await inScope(async () => []);
  engines.receive(offer({ connection: 5 }), page);
  const way = await engines.find(patient);
  const outcomes = ["/1", "/2", "/3"].map(async (path) =>
    way?.caller.send(new Request(`http://app.test${path}`)).catch((error: unknown) => error),
  );
  await expect.poll(() => way?.caller.inFlight).toBe(3);
  // Ids count from 1; the third is one of another connection.
  const running = [
    { connection: 5, id: 2 },
    { connection: 6, id: 3 },
  ];
  engines.receive({ type: "worker-gone", engineId: "e", workerId: 1, reason: "gone", running }, page);
  const lost = await Promise.all(outcomes);
  expect(lost).toMatchObject([{ wasRunning: false }, { wasRunning: true }, { wasRunning: false }]);
  endEngine();
});

test("a second port to the same worker does not disturb what is under way by the first", async () => {
  const { engines, endEngine } = await inScope(async () => []);
  engines.receive(offer(), page);
  const way = await engines.find(patient);
  const pending = way?.caller.send(new Request("http://app.test/")).catch((error: unknown) => error);
  await expect.poll(() => way?.caller.inFlight).toBe(1);
  engines.receive(offer(), page);
  expect(await engines.find(patient)).toBe(way);
  expect(way?.caller.inFlight).toBe(1);
  endEngine();
  await pending;
});

test("the engine with the latest word of the studio answers; of two alike, the one of a studio", async () => {
  const { engines, endEngine } = await inScope(async () => []);
  const chosen = async (): Promise<string | undefined> => {
    await engines.find(patient);
    return engines.take()?.engine.id;
  };
  engines.receive(offer({ engineId: "alone", isStandalone: true, since: 5 }), page);
  engines.receive(offer({ engineId: "studio", since: 0 }), page);
  expect(await chosen()).toBe("alone");
  engines.receive({ type: "engine-since", engineId: "studio", since: 5 }, page);
  expect(await chosen()).toBe("studio");
  engines.receive({ type: "engine-since", engineId: "alone", since: 6 }, page);
  expect(await chosen()).toBe("alone");
  endEngine("alone");
  expect(await chosen()).toBe("studio");
  endEngine("studio");
});

test("ways are taken in turn; what is only looked for counts for nothing", async () => {
  const { engines, endEngine } = await inScope(async () => []);
  engines.receive(offer({ workerId: 1 }), page);
  engines.receive(offer({ workerId: 2 }), page);
  const first = await engines.find(patient);
  expect(await engines.find(patient)).toBe(first);
  expect(engines.take()).toBe(first);
  const second = engines.take();
  expect(second).not.toBe(first);
  expect(engines.take()).toBe(first);
  endEngine();
});

test("a flush is answered to the page that asks", async () => {
  const { engines } = await inScope(async () => []);
  const told: unknown[] = [];
  engines.receive({ type: "flush", flush: 3 }, { postMessage: (message: unknown) => told.push(message) });
  expect(told).toEqual([{ type: "flushed", flush: 3 }]);
});
