/** `npm test`: everything that shows whether the project is sound, with a summary at the end. */
import { mkdir, rm } from "node:fs/promises";
import { checks } from "./lib/checks.ts";
import { ensureChromium } from "./lib/chromium.ts";
import { buildPacks, ensureProductionBuild } from "./lib/production-build.ts";
import { runStages, summarise } from "./lib/stages.ts";
import { command } from "./lib/step.ts";
import { playwrightCounts, vitestCounts } from "./lib/test-report.ts";

const reports = "test-results/reports";
const unitReport = `${reports}/unit.json`;
const unitReporters = ["default", "json", "./tests/conformance/section-reporter.ts"].map(
  (name) => `--reporter=${name}`,
);
const browserReport = `${reports}/browser.json`;

await rm(reports, { recursive: true, force: true });
await mkdir(reports, { recursive: true });

const results = await runStages([
  ...checks,
  { title: "Packs", verbose: true, run: buildPacks },
  {
    title: "Unit tests",
    needs: ["Packs"],
    verbose: true,
    run: () =>
      command("vitest", ["run", ...unitReporters, `--outputFile.json=${unitReport}`], {
        output: "show",
      }),
    counts: () => vitestCounts(unitReport),
  },
  { title: "Production build", needs: ["Packs"], verbose: true, run: ensureProductionBuild },
  {
    title: "Size",
    needs: ["Production build"],
    verbose: true,
    run: () => command("tsx", ["scripts/check-size.ts"], { output: "show" }),
  },
  { title: "Chromium", run: ensureChromium },
  {
    title: "Browser tests",
    needs: ["Production build", "Chromium"],
    verbose: true,
    run: () =>
      command("playwright", ["test", "--reporter=list,json"], {
        output: "show",
        environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport },
      }),
    counts: () => playwrightCounts(browserReport),
  },
]);

const { lines, ok } = summarise(results);
console.log(lines.join("\n"));
process.exitCode = ok ? 0 : 1;
