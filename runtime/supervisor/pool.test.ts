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
  mocks: [],
};

function startPool(changes: Partial<Limits> = {}) {
  const workers: FakeWorker[] = [];
  const gone: string[] = [];
  const limits = { ...defaultLimits, ...changes };
  const pool = new Pool(limits, {
    spawn() {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker.asWorker;
    },
    onEvent: () => undefined,
    onWorker: () => undefined,
    onWorkerGone: (workerId, reason) => gone.push(`${workerId}: ${reason}`),
  });
  return { pool, workers, gone, limits };
}

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
