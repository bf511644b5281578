/** `npm run check`: types, lint and format. */
import { checks } from "./lib/checks.ts";
import { main } from "./lib/serve.ts";
import { step } from "./lib/step.ts";

await main(async () => {
  for (const { title, run } of checks) await step(title, run);
});
