import { configDefaults, defineConfig } from "vitest/config";

/** Conformance cases, counted by section. */
const sectionReporter = "./tests/conformance/section-reporter.ts";

/** Unit tests lie beside what they test; `tests/e2e` needs a browser and belongs to Playwright. */
export default defineConfig({
  test: {
    environment: "node",
    include: [
      "{app,bench,embed,runtime,scripts,server,service-worker,tests/conformance,tests/guests,toolchains}/**/*.test.{ts,tsx}",
    ],
    exclude: [...configDefaults.exclude, "dist/**"],
    reporters: ["default", sectionReporter],
    maxWorkers: 2,
    testTimeout: 20_000,
    // Some build guests, which takes long beside everything else.
    hookTimeout: 60_000,
  },
});
