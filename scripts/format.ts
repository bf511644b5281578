/** `npm run format`: rewrites all sources in the one format. */
import { main } from "./lib/serve.ts";
import { command } from "./lib/step.ts";

await main(() => command("oxfmt", [], { output: "show" }));
