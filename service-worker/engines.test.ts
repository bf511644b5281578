import { afterEach, expect, test, vi } from "vitest";
import type { EngineToServiceWorker } from "../runtime/protocol.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The service worker's global scope, as far as `Engines` uses it. */
async function inScope(matchAll: () => Promise<{ postMessage: (message: unknown) => void }[]>) {
  let engineGone: (() => void) | undefined;
  vi.stubGlobal("clients", { matchAll });
  vi.stubGlobal("navigator", {
    locks: {
      request: (_name: string, held: () => void) => {
        engineGone = held;
        return new Promise(() => {});
      },
    },
  });
  const { Engines } = await import("./engines.ts");
  return { engines: new Engines(), endEngine: () => engineGone?.() };
}

function offer(workerId = 1): Extract<EngineToServiceWorker, { type: "engine" }> {
  return { type: "engine", engineId: "e", engineLock: "lock", workerId, port: new MessageChannel().port1 };
}

test("windows are asked for an engine once for all requests that wait, and answer them all", async () => {
  const asked: unknown[] = [];
  const { engines, endEngine } = await inScope(async () => [{ postMessage: (message) => asked.push(message) }]);
  const waiting = [engines.find(), engines.find()];
  await expect.poll(() => asked).toEqual([{ type: "engine-wanted" }]);
  engines.add(offer());
  const [first, second] = await Promise.all(waiting);
  expect(first).toBeDefined();
  expect(second).toBe(first);
  endEngine();
});

test("a failure to ask is not the last word", async () => {
  const matchAll = vi.fn<() => Promise<[]>>().mockRejectedValueOnce(new Error("no clients")).mockResolvedValue([]);
  const { engines } = await inScope(matchAll);
  await expect(engines.find()).rejects.toThrow("no clients");
  expect(await engines.find()).toBeUndefined();
});

test("an engine that is gone fails what is under way, and is not used again", async () => {
  const { engines, endEngine } = await inScope(async () => []);
  engines.add(offer());
  const caller = await engines.find();
  const pending = expect(caller?.send(new Request("http://app.test/"))).rejects.toMatchObject({
    code: "engine-unavailable",
    message: "The studio was closed or reloaded.",
  });
  await expect.poll(() => caller?.inFlight).toBe(1);
  endEngine();
  await pending;
  expect(await engines.find()).toBeUndefined();
});
