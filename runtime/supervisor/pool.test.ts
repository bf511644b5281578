import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { defaultLimits, type EngineEvent, type Limits, type LogLine, type PreparedApplication } from "../protocol.ts";
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
  runtime: { variables: [], keyValueStores: ["default"], databases: ["default"] },
};

function startPool(changes: Partial<Limits> = {}) {
  const workers: FakeWorker[] = [];
  const gone: string[] = [];
  const events: EngineEvent[] = [];
  const offered: number[] = [];
  /** How it was when a loss was told. */
  const atLoss: { spawned: number; offered: number[]; running: number[] }[] = [];
  let settled = 0;
  const limits = { ...defaultLimits, ...changes };
  const pool = new Pool(limits, {
    spawn() {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker.asWorker;
    },
    onEvent: (event) => void events.push(event),
    onPostgres: () => undefined,
    onWorker: ({ id }) => offered.push(id),
    onSettled: () => (settled += 1),
    onWorkerGone: (workerId, reason, running) => {
      gone.push(`${workerId}: ${reason}`);
      atLoss.push({ spawned: workers.length, offered: [...offered], running: running.map(({ id }) => id) });
    },
  });
  return { events, offered, atLoss, pool, workers, gone, limits, settled: () => settled };
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

test("a worker whose guest computes past the deadline is ended, and the spare one has taken its place when that is told", async () => {
  const { pool, workers, gone, offered, atLoss } = startPool({ requestDeadlineMs: 1000 });
  workers[0]?.say({ type: "ready" });
  await pool.deploy(application);
  await vi.advanceTimersByTimeAsync(5000);
  expect(gone).toEqual([]);
  // The spare one has the application, and no port: nobody was told of it.
  expect([workers.length, offered]).toEqual([3, [1, 2]]);
  expect(workers[2]?.told("deploy")).toHaveLength(1);
  workers[0]?.say({ type: "running", requests: [{ connection: 4, id: 9 }] });
  if (workers[0]) workers[0].isResponsive = false;
  await vi.advanceTimersByTimeAsync(1000);
  expect(gone).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(gone).toEqual(["1: An instance worker computed for more than 1 s without a pause and was ended."]);
  expect(atLoss).toEqual([{ spawned: 3, offered: [1, 2, 3], running: [9] }]);
  expect(pool.workers.map(({ id }) => id)).toEqual([2, 3]);
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false, false, false]);
  expect(workers[2]?.told("deploy")).toHaveLength(1);
  // And there is another spare one.
  expect(workers[3]?.told("deploy")).toHaveLength(1);
  expect(offered).toEqual([1, 2, 3]);
});

test("the spare worker is started last, and gets a new application after the others answer with it", async () => {
  const { pool, workers } = startPool();
  await pool.deploy(application);
  await vi.advanceTimersByTimeAsync(1000);
  if (workers[0]) expect(workers).toHaveLength(1);
  const trace = { requestId: "r", method: "GET", url: "", start: 0, status: 200, spans: [] };
  workers[0]?.say({ type: "event", event: { type: "trace", trace } });
  await vi.advanceTimersByTimeAsync(500);
  expect(workers).toHaveLength(3);
  await pool.deploy(application);
  expect(workers.map((worker) => worker.told("deploy").length)).toEqual([2, 2, 1]);
  await vi.advanceTimersByTimeAsync(3000);
  expect(workers.map((worker) => worker.told("deploy").length)).toEqual([2, 2, 2]);
  pool.stop("Over.");
  expect(workers.map((worker) => worker.told("stop").length)).toEqual([1, 1, 1]);
});

test("an application that further workers cannot load is left to the one that has it", async () => {
  const { pool, workers, gone } = startPool();
  await pool.deploy(application);
  const failed = { type: "deploy-failed", code: "internal", message: "no memory" } as const;
  vi.spyOn(FakeWorker.prototype, "postMessage").mockImplementation(function (this: FakeWorker, message) {
    if (message.type === "ping") this.say({ type: "pong", sequence: 0 });
    if (message.type === "deploy") this.say({ ...failed, deploymentId: message.deploymentId });
  });
  await vi.advanceTimersByTimeAsync(10_000);
  vi.restoreAllMocks();
  expect(gone).toEqual(["2: no memory"]);
  expect([workers.length, pool.workers.length]).toEqual([2, 1]);
});

test("the time that a computer sleeps is not the guest's; that of a hidden page with slow timers is", async () => {
  const { pool, workers, gone } = startPool({ requestDeadlineMs: 10_000 });
  await pool.deploy(application);
  workers[0]?.say({ type: "ready" });
  let late = 0;
  const clock = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => clock() + late);
  const elapse = async (milliseconds: number): Promise<void> => {
    late += milliseconds;
    await vi.advanceTimersToNextTimerAsync();
  };
  if (workers[0]) workers[0].isResponsive = false;
  await vi.advanceTimersToNextTimerAsync();
  await elapse(3_600_000);
  await elapse(0);
  expect(gone).toEqual([]);
  for (let minute = 0; minute < 5; minute += 1) await elapse(60_000);
  expect(gone).toHaveLength(1);
  vi.restoreAllMocks();
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

test("what is to be told once is told by one worker, and again in the next deployment", async () => {
  const { pool, workers, events } = startPool();
  const say = (worker: number, line: Partial<LogLine>, once?: true): void => {
    const whole = { time: 0, component: "a", stream: "engine", requestId: "r", text: "played", ...line } as const;
    workers[worker]?.say({ type: "event", event: { type: "log", line: whole, ...(once && { once }) } });
  };
  const told = () =>
    events.splice(0).map((event) => event.type === "log" && `${event.line.component} ${event.line.text}`);
  await pool.deploy(application);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(workers.length).toBeGreaterThan(1);
  for (const worker of [0, 1, 0]) say(worker, {}, true);
  say(1, { component: "b" }, true);
  say(1, { text: "other" }, true);
  expect(told()).toEqual(["a played", "b played", "a other"]);
  say(0, {});
  say(1, {});
  expect(told()).toEqual(["a played", "a played"]);
  await pool.deploy(application);
  say(1, {}, true);
  say(0, {}, true);
  expect(told()).toEqual(["a played"]);
});

test("events are flushed when every worker has said so, and an ended one has nothing more to tell", async () => {
  const { pool, workers } = startPool({ requestDeadlineMs: 1000 });
  // Before its script has run a worker cannot say anything, and has nothing to tell.
  await pool.flush();
  await pool.deploy(application);
  await vi.advanceTimersByTimeAsync(5000);
  await pool.flush();
  expect(workers.map((worker) => worker.told("flush").length)).toEqual([1, 1, 0]);

  if (workers[1]) workers[1].isResponsive = false;
  let isFlushed = false;
  void pool.flush().then(() => (isFlushed = true));
  await vi.advanceTimersByTimeAsync(500);
  expect(isFlushed).toBe(false);
  await vi.advanceTimersByTimeAsync(2000);
  expect(workers[1]?.isTerminated).toBe(true);
  expect(isFlushed).toBe(true);
});
