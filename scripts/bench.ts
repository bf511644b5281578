/** `npm run bench`: the project's figures, over the production build in Chromium. `--json FILE` writes them to a file. */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { runBench } from "../bench/bench.ts";
import { formatReport } from "../bench/report.ts";
import { startProductionServer } from "../server/production-server.ts";
import { ensureChromium } from "./lib/chromium.ts";
import { buildPacks, dist, ensureProductionBuild } from "./lib/production-build.ts";
import { main } from "./lib/serve.ts";

const { values } = parseArgs({ args: process.argv.slice(2), options: { json: { type: "string" } } });

await main(async () => {
  await ensureChromium();
  await buildPacks();
  await ensureProductionBuild();
  const studioHost = "play.localhost";
  const server = await startProductionServer(dist, { studioHost, port: 0 });
  try {
    const report = await runBench({ dist, studioUrl: `http://${studioHost}:${server.port}` });
    console.log(formatReport(report));
    if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await server.close();
  }
});
