/**
 * `npm run bench`: the project's figures, over the production build in Chromium. `--json FILE` writes them to a file,
 * `--only requests,streams` measures these parts alone.
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { parts, runBench } from "../bench/bench.ts";
import type { Part } from "../bench/part.ts";
import { formatReport } from "../bench/report.ts";
import { startProductionServer } from "../server/production-server.ts";
import { ensureChromium } from "./lib/chromium.ts";
import { buildPacks, dist, ensureProductionBuild } from "./lib/production-build.ts";
import { main } from "./lib/serve.ts";
import { CommandError } from "./lib/step.ts";

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: { json: { type: "string" }, only: { type: "string" } },
});

await main(async () => {
  const chosen = chosenParts(values.only);
  await ensureChromium();
  await buildPacks();
  await ensureProductionBuild();
  const studioHost = "play.localhost";
  const server = await startProductionServer(dist, { studioHost, port: 0 });
  try {
    const report = await runBench(chosen, { dist, studioUrl: `http://${studioHost}:${server.port}` });
    console.log(formatReport(report));
    if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await server.close();
  }
});

function chosenParts(only: string | undefined): readonly Part[] {
  if (only === undefined) return parts;
  return only.split(",").map((name) => {
    const part = parts.find((candidate) => candidate.name === name);
    if (!part) throw new CommandError(`There is no part "${name}"; there are ${parts.map((p) => p.name).join(", ")}.`);
    return part;
  });
}
