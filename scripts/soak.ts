/**
 * `npm run soak`: 10,000 requests in a row to each of two guests, over the production build in Chromium. Fails when one of
 * them has not the right answer, or when the renderers' memory grows by more than a tenth after the first thousand.
 * `--requests N` sends another number, `--json FILE` writes the results to a file.
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { withQuietBrowser } from "../bench/quiet-browser.ts";
import { soak, type SoakResult } from "../bench/soak/soak.ts";
import { startProductionServer } from "../server/production-server.ts";
import { ensureChromium } from "./lib/chromium.ts";
import { buildPacks, dist, ensureProductionBuild } from "./lib/production-build.ts";
import { main } from "./lib/serve.ts";
import { CommandError, seconds, step } from "./lib/step.ts";

const mostGrowth = 0.1;
const { values } = parseArgs({
  args: process.argv.slice(2),
  options: { json: { type: "string" }, requests: { type: "string", default: "10000" } },
});

await main(async () => {
  const requests = Number(values.requests);
  if (!Number.isInteger(requests) || requests < 10) throw new CommandError("--requests takes a number, 10 at least.");
  await ensureChromium();
  await buildPacks();
  await ensureProductionBuild();
  const studioHost = "play.localhost";
  const server = await startProductionServer(dist, { studioHost, port: 0 });
  const plan = { requests, settledAfter: Math.ceil(requests / 10) };
  let results: SoakResult[];
  try {
    results = await step(`Sending ${requests} requests to each guest`, () =>
      withQuietBrowser((browser) => soak(browser, `http://${studioHost}:${server.port}`, plan)),
    );
  } finally {
    await server.close();
  }
  for (const { guest, failures, examples, milliseconds, growth, measured } of results) {
    const percent = (growth * 100).toFixed(1);
    console.log(`${guest}: ${failures} failures in ${seconds(milliseconds)}; ${measured} grew by ${percent} %`);
    for (const example of examples) console.log(`  ${example}`);
  }
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
  const bad = results.filter(({ failures, growth }) => failures > 0 || growth > mostGrowth);
  if (bad.length > 0) throw new CommandError(`Not as it should be: ${bad.map(({ guest }) => guest).join(", ")}.`);
});
