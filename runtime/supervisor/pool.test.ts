import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { defaultLimits, type Limits, type PreparedApplication } from "../protocol.ts";
import { Pool } from "./pool.ts";
import { FakeWorker } from "./testing/fake-worker.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const application: PreparedApplication = {
  lockedApp: { spin_lock_version: 0, metadata: { name: "test" }, variables: {}, triggers: [], components: [] },
  components: {},
  mounts: {},
  contents: {},
  mocks: [],
};

function startPool(changes: Partial<Limits> = {}) {
  const workers: FakeWorker[] = [];
  const gone: string[] = [];
  let settled = 0;
  const limits = { ...defaultLimits, ...changes };
  const pool = new Pool(limits, {
    spawn() {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker.asWorker;
    },
    onEvent: () => undefined,
    onWorker: () => undefined,
    onSettled: () => (settled += 1),
    onWorkerGone: (workerId, reason) => gone.push(`${workerId}: ${reason}`),
  });
  return { pool, workers, gone, limits, settled: () => settled };
}

test("an application settles once: with its first answer, or when nobody asks it anything", async () => {
  const { pool, workers, settled } = startPool();
  await pool.deploy(application);
  await vi.advanceTimersByTimeAsync(1000);
  expect([settled(), workers.length]).toEqual([0, 1]);
  const trace = { requestId: "r", method: "GET", url: "", start: 0, status: 200, spans: [] };
  workers[0]?.say({ type: "event", event: { type: "trace", trace } });
  await vi.advanceTimersByTimeAsync(250);
  expect([settled(), workers.length]).toEqual([1, 2]);
  await pool.deploy(application);
  await vi.advanceTimersByTimeAsync(1500);
  expect(settled()).toBe(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(settled()).toBe(2);
});

test("it is known when the first worker takes messages, and when it will not", async () => {
  for (const event of [new MessageEvent("message", { data: { type: "ready" } }), new Event("error")]) {
    const { pool, workers } = startPool();
    if (workers[0]) workers[0].isResponsive = false;
    let started = false;
    void pool.started.then(() => (started = true));
    await vi.advanceTimersByTimeAsync(1000);
    expect(started).toBe(false);
    workers[0]?.dispatchEvent(event);
    await pool.started;
  }
});

test("a worker whose guest computes past the deadline is ended, and another with the application takes its place", async () => {
  const { pool, workers, gone } = startPool({ requestDeadlineMs: 1000 });
  workers[0]?.say({ type: "ready" });
  await pool.deploy(application);
  await vi.advanceTimersByTimeAsync(5000);
  expect(gone).toEqual([]);
  expect(workers).toHaveLength(2);
  if (workers[0]) workers[0].isResponsive = false;
  await vi.advanceTimersByTimeAsync(1000);
  expect(gone).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(gone).toEqual(["1: The handler computed for more than 1 s without an answer and was ended."]);
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false, false]);
  expect(workers[2]?.told("deploy")).toHaveLength(1);
});

test("a worker that is slow to start is not taken for one that computes", async () => {
  const { workers, gone } = startPool({ requestDeadlineMs: 1000 });
  if (workers[0]) workers[0].isResponsive = false;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(gone).toEqual([]);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(gone).toEqual(["1: An instance worker did not start within 30 s and was ended."]);
});

test("changed limits are shared between the workers, as those from the start are", async () => {
  const { pool, workers, limits } = startPool({ liveInstances: 8, queuedRequests: 10 });
  await pool.deploy(application);
  const [deploy] = workers[0]?.told("deploy") ?? [];
  expect(deploy?.limits).toMatchObject({ liveInstances: 4, queuedRequests: 5 });
  pool.configure({ ...limits, liveInstances: 20 });
  const [configure] = workers[0]?.told("configure") ?? [];
  expect(configure?.limits).toMatchObject({ liveInstances: 10, queuedRequests: 5 });
});
