import { availableParallelism } from "node:os";
import { firstLoad } from "../scripts/lib/first-load.ts";
import { step } from "../scripts/lib/step.ts";
import type { BenchOptions, Part } from "./part.ts";
import { asynchronousPart } from "./parts/asynchronous.ts";
import { buildsPart } from "./parts/builds.ts";
import { instancesPart } from "./parts/instances.ts";
import { keyValuePart } from "./parts/key-value.ts";
import { requestsPart } from "./parts/requests.ts";
import { streamsPart } from "./parts/streams.ts";
import { tracesPart } from "./parts/traces.ts";
import { visitsPart } from "./parts/visits.ts";
import { jcoVersion } from "./peer/jco-serve.ts";
import { withQuietBrowser } from "./quiet-browser.ts";
import { toFigures, type BenchReport, type Section } from "./report.ts";

export const parts: readonly Part[] = [
  requestsPart,
  instancesPart,
  keyValuePart,
  streamsPart,
  tracesPart,
  buildsPart,
  asynchronousPart,
  visitsPart,
];

/** Measures these parts, one thing at a time. Each has a browser of its own. */
export async function runBench(chosen: readonly Part[], options: BenchOptions): Promise<BenchReport> {
  const sections: Section[] = [];
  for (const part of chosen) {
    const measurements = await step(`Measuring: ${part.name}`, () => part.measure(options));
    sections.push({ part: part.name, title: part.title, figures: toFigures(measurements) });
  }
  const loaded = await firstLoad(options.dist);
  return {
    machine: {
      processors: availableParallelism(),
      node: process.versions.node,
      browser: await browserVersion(),
      jco: await jcoVersion(),
    },
    sections,
    firstLoadBytes: loaded.reduce((sum, { transferred }) => sum + transferred, 0),
  };
}

function browserVersion(): Promise<string> {
  return withQuietBrowser(
    async ({ session }) => (await session.send<{ product: string }>("Browser.getVersion")).product,
  );
}
