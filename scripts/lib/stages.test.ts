import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runStages, summarise, type StageResult } from "./stages.ts";

const result = (part: Partial<StageResult>): StageResult => ({
  title: "Stage",
  outcome: "ok",
  milliseconds: 1,
  passed: 0,
  failed: 0,
  ...part,
});

describe("summarise", () => {
  it("ends with the number of tests of all stages", () => {
    const { lines, ok } = summarise([result({ passed: 3 }), result({}), result({ passed: 2 })]);
    expect(lines.at(-1)).toBe("5 passed, 0 failed");
    expect(ok).toBe(true);
  });

  it("counts failed tests, and a stage that failed without any as one", () => {
    const { lines, ok } = summarise([
      result({ outcome: "failed", passed: 1, failed: 2 }),
      result({ outcome: "failed" }),
      result({ outcome: "skipped" }),
    ]);
    expect(lines.at(-1)).toBe("1 passed, 3 failed");
    expect(ok).toBe(false);
  });

  it("is not ok when something was skipped", () => {
    expect(summarise([result({ outcome: "skipped" })]).ok).toBe(false);
  });
});

describe("runStages", () => {
  beforeEach(() => {
    vi.spyOn(console, "log").mockReturnValue();
    vi.spyOn(console, "error").mockReturnValue();
  });
  afterEach(() => vi.restoreAllMocks());

  it("goes on after a failure, and skips only what needs the failed stage, however far removed", async () => {
    const ran: string[] = [];
    const run = (name: string) => () => {
      ran.push(name);
      return Promise.resolve();
    };
    const results = await runStages([
      { title: "build", run: () => Promise.reject(new Error("broken")) },
      { title: "size", needs: ["build"], run: run("size") },
      { title: "deeper", needs: ["size"], run: run("deeper") },
      { title: "unit", run: run("unit") },
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(["failed", "skipped", "skipped", "ok"]);
    expect(ran).toEqual(["unit"]);
  });

  it("reads the counts of a stage that failed too", async () => {
    const [stage] = await runStages([
      {
        title: "unit",
        run: () => Promise.reject(new Error("1")),
        counts: () => Promise.resolve({ passed: 4, failed: 1 }),
      },
    ]);
    expect(stage).toMatchObject({ outcome: "failed", passed: 4, failed: 1 });
  });
});
