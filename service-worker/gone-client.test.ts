import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FetchEvent } from "./scope.ts";

const get = vi.fn<(id: string) => Promise<object | undefined>>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("clients", { get });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function watch(ids: Pick<FetchEvent, "clientId" | "resultingClientId">) {
  const { watchClient } = await import("./gone-client.ts");
  return watchClient({ ...ids, request: new Request("http://app.test/") } as FetchEvent);
}

test("a page that is closed while it waits aborts the request", async () => {
  get.mockResolvedValue({});
  const { signal } = await watch({ clientId: "page", resultingClientId: "" });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(signal.aborted).toBe(false);
  get.mockResolvedValue(undefined);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(signal.aborted).toBe(true);
});

test("a page that has the head of its answer is not looked for", async () => {
  get.mockReset().mockResolvedValue(undefined);
  const { signal, end } = await watch({ clientId: "page", resultingClientId: "" });
  end();
  await vi.advanceTimersByTimeAsync(5_000);
  expect([signal.aborted, get.mock.calls.length]).toEqual([false, 0]);
});

test("a navigation that is given up aborts the request, one that arrives does not", async () => {
  for (const [client, aborted] of [[undefined, true] as const, [{}, false] as const]) {
    get.mockReset().mockResolvedValue(client);
    const { signal } = await watch({ clientId: "page", resultingClientId: "next" });
    await vi.advanceTimersByTimeAsync(5_000);
    expect([signal.aborted, get.mock.calls]).toEqual([aborted, [["next"]]]);
  }
});
