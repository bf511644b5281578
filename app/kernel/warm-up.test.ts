import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { CheckedApplication } from "./check.ts";
import { createFakeToolchain, type FakeToolchain } from "./testing/fake-toolchain.ts";
import { fakeManifest } from "./testing/fake-manifest.ts";
import { createWarmUp, firstResponseWait, type WarmUp } from "./warm-up.ts";

let toolchain: FakeToolchain;
let warmUp: WarmUp;
const load = vi.fn();
const onProgress = vi.fn();

function application(command?: string): CheckedApplication {
  const component = { source: "a.wasm", ...(command === undefined ? {} : { command }) };
  const reading = fakeManifest({ components: { a: component } });
  if ("diagnostics" in reading) throw new Error("unreachable");
  return { ...reading, mocks: [], runtime: { providers: [], keyValueStores: ["default"], databases: ["default"] } };
}
const prepared = (count: number) => vi.waitFor(() => expect(toolchain.prepared).toBe(count));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onProgress.mockReset();
  toolchain = createFakeToolchain();
  load.mockReset().mockResolvedValue({ toolchains: [toolchain], mapStack: (text: string) => text });
  warmUp = createWarmUp({ toolchains: { load }, whenIdle: (callback) => callback() }, onProgress);
});
afterEach(() => vi.useRealTimers());

it("waits for the first response", async () => {
  warmUp.running(application("npm run build"), {});
  expect(load).not.toHaveBeenCalled();
  warmUp.answered();
  await prepared(1);
  await vi.waitFor(() => expect(onProgress.mock.lastCall).toEqual([undefined]));
  expect(onProgress).toHaveBeenCalledWith({ pack: "fake", loaded: 1, total: 1 });
});

it("does not wait for ever", async () => {
  warmUp.running(application("npm run build"), {});
  vi.advanceTimersByTime(firstResponseWait);
  await prepared(1);
});

it("loads no toolchain that the application does not build with", async () => {
  warmUp.answered();
  warmUp.running(application(), {});
  expect(load).not.toHaveBeenCalled();
  warmUp.running(application("cargo build"), {});
  await vi.waitFor(() => expect(load).toHaveBeenCalled());
  warmUp.running(application("npm run build"), {});
  await prepared(1);
  expect(load).toHaveBeenCalledTimes(2);
});

it("leaves a pack that cannot be had to the build that needs it", async () => {
  load.mockRejectedValue(new Error("offline"));
  warmUp.answered();
  warmUp.running(application("npm run build"), {});
  await vi.waitFor(() => expect(load).toHaveBeenCalled());
  expect(toolchain.prepared).toBe(0);
});
