import type { Reporter, TestModule, TestSuite } from "vitest/node";

/** Prints for each section of the conformance data how many of its cases passed and failed, and all together. */
export default class SectionReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const module = modules.find(({ moduleId }) => moduleId.endsWith("tests/conformance/conformance.test.ts"));
    if (module === undefined) return;
    const sections = [...module.children.suites()].map((suite) => ({ name: suite.name, ...countsOf(suite) }));
    // A filter by name leaves sections of which nothing ran.
    const ran = sections.filter(({ passed, failed }) => passed + failed > 0);
    const width = Math.max(0, ...ran.map(({ name }) => name.length));
    const total = { name: "all sections", passed: sum(ran, "passed"), failed: sum(ran, "failed") };
    console.log("\nConformance");
    for (const { name, passed, failed } of [...ran, total]) {
      console.log(
        `  ${name.padEnd(width)}  ${String(passed).padStart(3)} passed  ${String(failed).padStart(3)} failed`,
      );
    }
  }
}

interface Counts {
  passed: number;
  failed: number;
}

function countsOf(suite: TestSuite): Counts {
  const states = [...suite.children.allTests()].map((test) => test.result().state);
  const count = (wanted: string) => states.filter((state) => state === wanted).length;
  return { passed: count("passed"), failed: count("failed") };
}

function sum(counts: readonly Counts[], field: keyof Counts): number {
  return counts.reduce((total, { [field]: value }) => total + value, 0);
}
