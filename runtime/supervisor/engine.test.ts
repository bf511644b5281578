import { beforeEach, expect, test, vi } from "vitest";
import { deferred, type Deferred } from "../host/deferred.ts";
import type { Deployment, PreparedApplication } from "../protocol.ts";
import { createEngine } from "./engine.ts";

/** What the parts below the engine were asked, and what they answer. */
const parts = vi.hoisted(() => ({
  recall: vi.fn<() => Promise<Deployment | undefined>>(),
  prepare: vi.fn<(deployment: Deployment) => Promise<PreparedApplication>>(),
  deployed: [] as string[],
  stops: [] as string[],
}));

vi.mock("../component/component-cache.ts", () => ({
  recallDeployment: parts.recall,
  rememberDeployment: async () => undefined,
  forgetDeployment: async () => undefined,
}));
vi.mock("../stores/indexeddb-key-value.ts", () => ({
  createIndexedDbKeyValueStores: () => ({ watch: () => undefined }),
}));
vi.mock("./service-worker-link.ts", () => ({
  ServiceWorkerLink: class {
    announce(): void {}
  },
}));
vi.mock("./preparer.ts", () => ({
  Preparer: class {
    prepare = parts.prepare;
    missing = async (): Promise<string[]> => [];
  },
}));
vi.mock("./pool.ts", () => ({
  Pool: class {
    expectGlue(): void {}
    async deploy({ lockedApp }: PreparedApplication): Promise<void> {
      parts.deployed.push(lockedApp.metadata.name);
    }
    stop(reason: string): void {
      parts.stops.push(reason);
    }
  },
}));

beforeEach(() => {
  parts.deployed = [];
  parts.stops = [];
  parts.recall.mockReset();
  parts.prepare.mockReset().mockImplementation(async (deployment) => preparedOf(deployment));
});

function deployment(name: string): Deployment {
  const lockedApp = { spin_lock_version: 0 as const, metadata: { name }, variables: {}, triggers: [], components: [] };
  return { lockedApp, components: {}, mounts: {}, contents: {}, mocks: [], prebuiltGlue: {} };
}

function preparedOf({ lockedApp, mocks }: Deployment): PreparedApplication {
  return { lockedApp, components: {}, mounts: {}, contents: {}, mocks };
}

test("what ran last starts by itself", async () => {
  parts.recall.mockResolvedValue(deployment("last"));
  const { api } = createEngine();
  expect(await api.restore()).toEqual([]);
  expect([parts.deployed, parts.stops]).toEqual([["last"], []]);
});

test("what ran last does not take the place of what the studio deployed while the cache was read", async () => {
  const recalled: Deferred<Deployment | undefined> = deferred();
  parts.recall.mockReturnValue(recalled.promise);
  const { api } = createEngine();
  const deploying = api.deploy(deployment("new"));
  recalled.resolve(deployment("last"));
  expect(await deploying).toMatchObject({ state: "running" });
  expect(await api.restore()).toBeUndefined();
  expect([parts.deployed, parts.stops]).toEqual([["new"], []]);
});

test("nor when it is still being prepared", async () => {
  const preparing: Deferred<PreparedApplication> = deferred();
  parts.recall.mockResolvedValue(deployment("last"));
  parts.prepare.mockReturnValueOnce(preparing.promise);
  const warned = vi.spyOn(console, "warn").mockReturnValue(undefined);
  const { api, begun } = createEngine();
  await begun;
  await vi.waitFor(() => expect(parts.prepare).toHaveBeenCalledOnce());
  expect(await api.deploy(deployment("new"))).toMatchObject({ state: "running" });
  preparing.resolve(preparedOf(deployment("last")));
  expect(await api.restore()).toBeUndefined();
  expect([parts.deployed, parts.stops]).toEqual([["new"], []]);
  warned.mockRestore();
});

test("a stop holds against what ran last", async () => {
  const preparing: Deferred<PreparedApplication> = deferred();
  parts.recall.mockResolvedValue(deployment("last"));
  parts.prepare.mockReturnValueOnce(preparing.promise);
  const warned = vi.spyOn(console, "warn").mockReturnValue(undefined);
  const { api } = createEngine();
  await vi.waitFor(() => expect(parts.prepare).toHaveBeenCalledOnce());
  await api.stop();
  preparing.resolve(preparedOf(deployment("last")));
  expect(await api.restore()).toBeUndefined();
  expect([parts.deployed, parts.stops]).toEqual([[], ["The application was stopped."]]);
  warned.mockRestore();
});

test("the workers are told when there is nothing that ran last", async () => {
  parts.recall.mockResolvedValue(undefined);
  const { api } = createEngine();
  expect(await api.restore()).toBeUndefined();
  await vi.waitFor(() => expect(parts.stops).toEqual(["No application is running."]));
});

test("of two deployments the newer one runs, however long the older one is prepared", async () => {
  const preparing: Deferred<PreparedApplication> = deferred();
  parts.recall.mockResolvedValue(undefined);
  parts.prepare.mockReturnValueOnce(preparing.promise);
  const { api } = createEngine();
  await api.restore();
  const older = expect(api.deploy(deployment("older"))).rejects.toMatchObject({ code: "build-superseded" });
  await vi.waitFor(() => expect(parts.prepare).toHaveBeenCalledOnce());
  await api.deploy(deployment("newer"));
  preparing.resolve(preparedOf(deployment("older")));
  await older;
  expect(parts.deployed).toEqual(["newer"]);
});
