import { describe, expect, it, onTestFinished, test } from "vitest";
import { PlaygroundError } from "../../runtime/errors.ts";
import type { PackProgress } from "../toolchain.ts";
import type { PackManifest } from "./pack-manifest.ts";
import { FakeWorker } from "./testing/fake-worker.ts";
import type { BuildWorkerApi } from "./worker/api.ts";
import { PackLoader } from "./worker/pack-loader.ts";
import { withProgress, WorkerClient } from "./worker-client.ts";

const progress: PackProgress = { pack: "javascript", loaded: 1, total: 2 };

describe("the worker client", () => {
  const manifest = { format: 1 } as PackManifest;
  const pack = new PackLoader("https://pack.test/", { manifest });

  /** A client, and the workers it has started so far. */
  function client(api: Partial<BuildWorkerApi>, loader = pack) {
    const workers: FakeWorker[] = [];
    const made = new WorkerClient(loader, () => {
      const worker = new FakeWorker(api);
      workers.push(worker);
      return worker.asWorker();
    });
    onTestFinished(() => made.terminate(new PlaygroundError("internal", "The test is over.")));
    return { client: made, workers };
  }
  const prepare = (made: WorkerClient) => made.call<undefined>((api) => api.prepare());
  const never = { prepare: () => new Promise<never>(() => undefined) };

  it("starts one worker at the first call, with the pack's manifest", async () => {
    const { client: made, workers } = client({ prepare: () => Promise.resolve({ value: undefined }) });
    expect(workers).toHaveLength(0);
    await Promise.all([prepare(made), prepare(made)]);
    expect(workers).toHaveLength(1);
    expect(workers[0]?.started).toMatchObject([{ packBase: "https://pack.test/", manifest }]);
  });

  it("leaves the manifest to the worker when it cannot be fetched", async () => {
    const offline = new PackLoader("https://pack.test/", { fetchFile: () => Promise.reject(new Error("offline")) });
    const { client: made, workers } = client({ prepare: () => Promise.resolve({ value: undefined }) }, offline);
    await prepare(made);
    expect(workers[0]?.started[0]?.manifest).toBeUndefined();
  });

  it("turns a failure that the worker reports into the error it was", async () => {
    const { client: made } = client({
      prepare: () => Promise.resolve({ code: "pack-unavailable", message: "no pack" }),
    });
    await expect(prepare(made)).rejects.toEqual(new PlaygroundError("pack-unavailable", "no pack"));
  });

  it("rejects what a termination cuts off, and starts another worker with the next call", async () => {
    const { client: made, workers } = client(never);
    const call = prepare(made);
    const reason = new PlaygroundError("build-failed", "endless");
    made.terminate(reason);
    await expect(call).rejects.toBe(reason);
    expect(workers[0]?.terminated).toBe(true);
    prepare(made).catch(() => undefined);
    expect(workers).toHaveLength(2);
  });

  it("says that a worker did not start", async () => {
    const { client: made, workers } = client(never);
    const call = prepare(made);
    workers[0]?.dispatchEvent(new Event("error"));
    await expect(call).rejects.toMatchObject({ code: "pack-unavailable" });
  });

  it("starts no worker to be notified", () => {
    const { client: made, workers } = client({});
    made.notify((api) => api.cancel());
    expect(workers).toHaveLength(0);
  });
});

test("progress is told while the call is under way, and never after it", async () => {
  const told: PackProgress[] = [];
  let late = (_progress: PackProgress): void => undefined;
  const result = await withProgress(
    (one) => told.push(one),
    async (report) => {
      report?.(progress);
      if (report !== undefined) late = report;
      return "done";
    },
  );
  late({ ...progress, loaded: 2 });
  expect(result).toBe("done");
  expect(told).toEqual([progress]);
});

test("a failure ends it too", async () => {
  const told: PackProgress[] = [];
  let late = (_progress: PackProgress): void => undefined;
  const call = withProgress(
    (one) => told.push(one),
    async (report) => {
      if (report !== undefined) late = report;
      throw new Error("failed");
    },
  );
  await expect(call).rejects.toThrow("failed");
  late(progress);
  expect(told).toEqual([]);
});

test("without a callback none is made", async () => {
  await withProgress(undefined, async (report) => expect(report).toBeUndefined());
});
