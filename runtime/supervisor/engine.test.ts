import { beforeEach, expect, test, vi } from "vitest";
import { deferred, type Deferred } from "../deferred.ts";
import type { StoredDeployment } from "../component/component-cache.ts";
import type { Deployment, EngineAnnouncement, PreparedApplication } from "../protocol.ts";
import { createEngine } from "./engine.ts";

/** What the parts below the engine were asked, and what they answer. */
const parts = vi.hoisted(() => ({
  recall: vi.fn<() => Promise<StoredDeployment | undefined>>(),
  prepare: vi.fn<(deployment: Deployment) => Promise<PreparedApplication>>(),
  deployed: [] as string[],
  /** Name of the application in the cache, and what a write to it takes. */
  cached: undefined as string | undefined,
  storing: Promise.resolve(),
  /** What it takes the workers to load an application, by name. */
  loading: new Map<string, Promise<void>>(),
  stops: [] as string[],
  since: [] as number[],
  announced: [] as EngineAnnouncement["type"][],
  /** What it takes the workers and the service worker to tell what they have to tell. */
  flushing: [Promise.resolve(), Promise.resolve()] as [Promise<void>, Promise<void>],
  /** What another page announces. */
  hear: undefined as ((announcement: EngineAnnouncement) => void) | undefined,
}));

vi.mock("../component/component-cache.ts", () => ({
  recallDeployment: parts.recall,
  rememberDeployment: async ({ deployment }: StoredDeployment) => {
    await parts.storing;
    parts.cached = deployment.lockedApp.metadata.name;
  },
  forgetDeployment: async () => void (parts.cached = undefined),
}));
vi.mock("../stores/indexeddb-key-value.ts", () => ({
  createIndexedDbKeyValueStores: () => ({ watch: () => undefined }),
}));
vi.mock("./service-worker-link.ts", () => ({
  ServiceWorkerLink: class {
    setSince(since: number): void {
      parts.since.push(since);
    }
    flush = () => parts.flushing[1];
  },
}));
vi.mock("./announcements.ts", () => ({
  Announcements: class {
    announce({ type }: EngineAnnouncement): void {
      parts.announced.push(type);
    }
    onOther(listener: (announcement: EngineAnnouncement) => void): void {
      parts.hear = listener;
    }
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
    flush = () => parts.flushing[0];
    expectGlue(): void {}
    async deploy({ lockedApp }: PreparedApplication): Promise<void> {
      await parts.loading.get(lockedApp.metadata.name);
      parts.deployed.push(lockedApp.metadata.name);
    }
    stop(reason: string): void {
      parts.stops.push(reason);
    }
  },
}));

beforeEach(() => {
  parts.hear = undefined;
  parts.cached = undefined;
  parts.storing = Promise.resolve();
  parts.loading.clear();
  parts.deployed = [];
  parts.stops = [];
  parts.since = [];
  parts.announced = [];
  parts.recall.mockReset();
  parts.prepare.mockReset().mockImplementation(async (deployment) => preparedOf(deployment));
});

const runtime = { variables: [], keyValueStores: ["default"], databases: ["default"] };

function deployment(name: string): Deployment {
  const lockedApp = { spin_lock_version: 0 as const, metadata: { name }, variables: {}, triggers: [], components: [] };
  return { lockedApp, components: {}, mounts: {}, contents: {}, mocks: [], runtime, prebuiltGlue: {} };
}

/** As the cache gives it. */
const stored = (name: string, since = 1, withheld: string[] = []): StoredDeployment => ({
  deployment: deployment(name),
  since,
  withheld,
});
const embedded = { isStandalone: false };

function preparedOf({ lockedApp, mocks }: Deployment): PreparedApplication {
  return { lockedApp, components: {}, mounts: {}, contents: {}, mocks, runtime };
}

test("what ran last starts by itself", async () => {
  parts.recall.mockResolvedValue(stored("last"));
  const { api } = createEngine(embedded);
  expect(await api.restore()).toEqual([]);
  expect([parts.deployed, parts.stops]).toEqual([["last"], []]);
});

test("what ran last does not take the place of what the studio deployed while the cache was read", async () => {
  const recalled: Deferred<StoredDeployment | undefined> = deferred();
  parts.recall.mockReturnValue(recalled.promise);
  const { api } = createEngine(embedded);
  const deploying = api.deploy(deployment("new"));
  recalled.resolve(stored("last"));
  expect(await deploying).toMatchObject({ state: "running" });
  expect(await api.restore()).toBeUndefined();
  expect([parts.deployed, parts.stops]).toEqual([["new"], []]);
});

test("nor when it is still being prepared", async () => {
  const preparing: Deferred<PreparedApplication> = deferred();
  parts.recall.mockResolvedValue(stored("last"));
  parts.prepare.mockReturnValueOnce(preparing.promise);
  const warned = vi.spyOn(console, "warn").mockReturnValue(undefined);
  const { api, begun } = createEngine(embedded);
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
  parts.recall.mockResolvedValue(stored("last"));
  parts.prepare.mockReturnValueOnce(preparing.promise);
  const warned = vi.spyOn(console, "warn").mockReturnValue(undefined);
  const { api } = createEngine(embedded);
  await vi.waitFor(() => expect(parts.prepare).toHaveBeenCalledOnce());
  await api.stop();
  preparing.resolve(preparedOf(deployment("last")));
  expect(await api.restore()).toBeUndefined();
  expect([parts.deployed, parts.stops]).toEqual([[], ["The application was stopped."]]);
  warned.mockRestore();
});

test("the workers are told when there is nothing that ran last", async () => {
  parts.recall.mockResolvedValue(undefined);
  const { api } = createEngine(embedded);
  expect(await api.restore()).toBeUndefined();
  await vi.waitFor(() => expect(parts.stops).toEqual(["No application is running."]));
});

test("of two deployments the newer one runs, however long the older one is prepared", async () => {
  const preparing: Deferred<PreparedApplication> = deferred();
  parts.recall.mockResolvedValue(undefined);
  parts.prepare.mockReturnValueOnce(preparing.promise);
  const { api } = createEngine(embedded);
  await api.restore();
  const older = expect(api.deploy(deployment("older"))).rejects.toMatchObject({ code: "build-superseded" });
  await vi.waitFor(() => expect(parts.prepare).toHaveBeenCalledOnce());
  await api.deploy(deployment("newer"));
  preparing.resolve(preparedOf(deployment("older")));
  await older;
  expect(parts.deployed).toEqual(["newer"]);
});

test("what runs, or was stopped, has the time of the word by which it does", async () => {
  vi.useFakeTimers({ now: 5_000 });
  parts.recall.mockResolvedValue(stored("last", 1_000));
  const { api } = createEngine(embedded);
  await api.restore();
  await api.deploy(deployment("new"));
  vi.setSystemTime(6_000);
  await api.stop();
  expect(parts.since).toEqual([1_000, 5_000, 6_000]);
  expect(parts.announced).toEqual(["running", "running", "stored", "stopped"]);
  vi.useRealTimers();
});

test("an engine without a studio takes over what the studio deploys, and stops with it", async () => {
  parts.recall.mockResolvedValueOnce(stored("last", 1));
  const { api } = createEngine({ isStandalone: true });
  await api.restore();
  parts.recall.mockResolvedValueOnce(stored("new", 2));
  parts.hear?.({ type: "stored" });
  await vi.waitFor(() => expect(parts.deployed).toEqual(["last", "new"]));
  parts.hear?.({ type: "running" });
  parts.hear?.({ type: "stopped", since: 3 });
  expect([parts.stops, parts.since]).toEqual([["The application was stopped."], [1, 2, 3]]);
});

test("a page that waits hears of an application that runs already, and of none that was stopped", async () => {
  parts.recall.mockResolvedValue(stored("last"));
  const { api } = createEngine(embedded);
  await api.restore();
  parts.announced = [];
  parts.hear?.({ type: "running-wanted" });
  expect(parts.announced).toEqual(["running"]);
  await api.stop();
  parts.announced = [];
  parts.hear?.({ type: "running-wanted" });
  // Nor does an engine with a studio follow others.
  parts.hear?.({ type: "stored" });
  expect([parts.announced, parts.deployed]).toEqual([[], ["last"]]);
});

test("what was stopped is not in the cache, however long it took to store it", async () => {
  parts.recall.mockResolvedValue(undefined);
  const { api } = createEngine(embedded);
  await api.restore();
  const stored: Deferred<void> = deferred();
  parts.storing = stored.promise;
  await api.deploy(deployment("long"));
  await api.deploy(deployment("left out"));
  const stopped = api.stop();
  stored.resolve();
  await stopped;
  expect([parts.cached, parts.announced.slice(2)]).toEqual([undefined, ["stored", "stopped"]]);
});

test("an engine without a studio does not start what was stopped while it read the cache", async () => {
  const read: Deferred<StoredDeployment | undefined> = deferred();
  parts.recall.mockResolvedValueOnce(undefined).mockReturnValueOnce(read.promise);
  const warned = vi.spyOn(console, "warn").mockReturnValue(undefined);
  const { api } = createEngine({ isStandalone: true });
  await api.restore();
  parts.hear?.({ type: "stored" });
  parts.hear?.({ type: "stopped", since: 3 });
  read.resolve(stored("stopped", 2));
  await vi.waitFor(() => expect(warned).toHaveBeenCalledOnce());
  expect([parts.deployed, parts.since]).toEqual([[], [3]]);
  warned.mockRestore();
});

test("an older deployment that the workers tell of last is not taken for the one that runs", async () => {
  vi.useFakeTimers({ now: 5_000 });
  parts.recall.mockResolvedValue(undefined);
  const loaded: Deferred<void> = deferred();
  parts.loading.set("older", loaded.promise);
  const { api } = createEngine(embedded);
  await api.restore();
  const older = expect(api.deploy(deployment("older"))).rejects.toMatchObject({ code: "build-superseded" });
  await vi.waitFor(() => expect(parts.prepare).toHaveBeenCalledOnce());
  vi.setSystemTime(6_000);
  await api.deploy(deployment("newer"));
  loaded.resolve();
  await older;
  expect(parts.since).toEqual([6_000]);
  vi.useRealTimers();
});

const withheldReason = 'alone keeps the secret variable "token". Open it in the studio';

test("what ran last with secrets is not started from the cache, which does not have them", async () => {
  parts.recall.mockResolvedValue(stored("last", 1, ['the secret variable "token"']));
  const { api } = createEngine(embedded);
  expect(await api.restore()).toBeUndefined();
  expect([parts.deployed, parts.stops]).toEqual([[], [expect.stringContaining(withheldReason)]]);
  expect(await api.deploy(deployment("last"))).toMatchObject({ state: "running" });
  expect(parts.deployed).toEqual(["last"]);
});

test("an engine without a studio stops when what another deploys has secrets", async () => {
  parts.recall
    .mockResolvedValueOnce(stored("older"))
    .mockResolvedValueOnce(stored("secret", 4, ['the secret variable "token"']));
  const { api } = createEngine({ isStandalone: true });
  await api.restore();
  parts.hear?.({ type: "stored" });
  await vi.waitFor(() => expect(parts.stops).toEqual([expect.stringContaining(withheldReason)]));
  expect([parts.deployed, parts.since]).toEqual([["older"], [1, 4]]);
});

test("subscribers hear that events are flushed when workers and service worker have told theirs", async () => {
  parts.recall.mockResolvedValue(undefined);
  const [workers, serviceWorker] = [deferred(), deferred()];
  parts.flushing = [workers.promise, serviceWorker.promise];
  const { api } = createEngine(embedded);
  const { port1, port2 } = new MessageChannel();
  const heard: unknown[] = [];
  port1.addEventListener("message", ({ data }) => heard.push(data));
  port1.start();
  await api.subscribe(port2);
  const flushed = api.flush(7);
  workers.resolve();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(heard).toEqual([]);
  serviceWorker.resolve();
  await flushed;
  await vi.waitFor(() => expect(heard).toEqual([{ type: "flushed", flush: 7 }]));
  port1.close();
});
