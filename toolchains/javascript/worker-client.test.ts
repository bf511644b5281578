import { expect, test } from "vitest";
import type { PackProgress } from "../toolchain.ts";
import { withProgress } from "./worker-client.ts";

const progress: PackProgress = { pack: "javascript", loaded: 1, total: 2 };

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
