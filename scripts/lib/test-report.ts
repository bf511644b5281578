import { readFile } from "node:fs/promises";

/** How many tests ran; skipped ones are in neither number. */
export interface TestCounts {
  passed: number;
  failed: number;
}

/** Reads the report that Vitest's `json` reporter wrote; `undefined` when the run ended before it wrote one. */
export async function vitestCounts(file: string): Promise<TestCounts | undefined> {
  const report = await readJson<{ numPassedTests: number; numFailedTests: number; numFailedTestSuites: number }>(file);
  if (!report) return undefined;
  // A file that cannot be loaded has no tests to fail, and must not pass for that.
  const failed = report.numFailedTests || report.numFailedTestSuites;
  return { passed: report.numPassedTests, failed };
}

/** Reads the report that Playwright's `json` reporter wrote. A flaky test counts as failed: nothing is tried twice here. */
export async function playwrightCounts(file: string): Promise<TestCounts | undefined> {
  const report = await readJson<{ stats: { expected: number; unexpected: number; flaky: number } }>(file);
  return report && { passed: report.stats.expected, failed: report.stats.unexpected + report.stats.flaky };
}

async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
