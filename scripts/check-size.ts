/** Lists what is transferred before the page is usable, and fails when it is more than the budget. Needs the build. */
import { firstLoad } from "./lib/first-load.ts";
import { dist } from "./lib/production-build.ts";
import { main } from "./lib/serve.ts";
import { CommandError } from "./lib/step.ts";

/** Bytes over the network, brotli-compressed, Monaco and packs apart. */
const budget = 250_000;

await main(async () => {
  const files = (await firstLoad(dist)).toSorted((a, b) => b.transferred - a.transferred);
  for (const { file, transferred } of files) console.log(`${kilobytes(transferred)}  ${file}`);
  const total = files.reduce((sum, { transferred }) => sum + transferred, 0);
  console.log(`${kilobytes(total)}  in total, of ${kilobytes(budget).trim()}`);
  if (total > budget) throw new CommandError("More than the budget is transferred before the page is usable.");
});

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
}
