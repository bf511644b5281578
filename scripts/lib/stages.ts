import { seconds } from "./step.ts";
import type { TestCounts } from "./test-report.ts";

/** One part of `npm test`. */
export interface Stage {
  title: string;
  /** Titles of stages without whose success this one makes no sense. */
  needs?: string[];
  /** Whether the stage writes to the terminal itself. */
  verbose?: boolean;
  run: () => Promise<void>;
  /** Read after the run, for stages that are made of tests. */
  counts?: () => Promise<TestCounts | undefined>;
}

export interface StageResult extends TestCounts {
  title: string;
  outcome: "ok" | "failed" | "skipped";
  milliseconds: number;
}

/** Runs stages in their order. A failure stops only those that need the failed one. */
export async function runStages(stages: Stage[]): Promise<StageResult[]> {
  const results: StageResult[] = [];
  for (const stage of stages) {
    const missing = (stage.needs ?? []).find((title) => results.some((r) => r.title === title && r.outcome !== "ok"));
    if (missing !== undefined) {
      console.log(`${stage.title}: skipped, since it needs "${missing}"`);
      results.push({ title: stage.title, outcome: "skipped", milliseconds: 0, passed: 0, failed: 0 });
    } else {
      results.push(await runStage(stage));
    }
  }
  return results;
}

async function runStage({ title, verbose = false, run, counts }: Stage): Promise<StageResult> {
  console.log(verbose ? `── ${title} ──` : `${title} …`);
  const begin = performance.now();
  let outcome: StageResult["outcome"] = "ok";
  try {
    await run();
  } catch (error) {
    // The run goes on: one report of everything that is wrong is worth more than the first failure.
    outcome = "failed";
    console.error((error as Error).message);
  }
  const counted = (await counts?.()) ?? { passed: 0, failed: 0 };
  return { title, outcome, milliseconds: performance.now() - begin, ...counted };
}

/**
 * The summary, whose last line is `N passed, N failed`. It counts tests; a stage that failed without a failed test in it
 * counts as one failure, so that a bad run never reads as a good one.
 */
export function summarise(results: StageResult[]): { lines: string[]; ok: boolean } {
  const width = Math.max(...results.map(({ title }) => title.length));
  let passed = 0;
  let failed = 0;
  const lines = results.map((result) => {
    passed += result.passed;
    failed += result.outcome === "failed" ? Math.max(result.failed, 1) : result.failed;
    const tests = result.passed + result.failed > 0 ? `  ${result.passed} passed, ${result.failed} failed` : "";
    return `${result.title.padEnd(width)}  ${result.outcome.padEnd(7)}  ${seconds(result.milliseconds).padStart(8)}${tests}`;
  });
  return {
    lines: ["", ...lines, "", `${passed} passed, ${failed} failed`],
    ok: results.every((r) => r.outcome === "ok"),
  };
}
