/** `npm start`: builds what is missing or out of date, and serves the production build. */
import { readSettings } from "../server/settings.ts";
import { buildPacks, ensureProductionBuild } from "./lib/production-build.ts";
import { main, serve } from "./lib/serve.ts";

await main(async () => {
  // Before the build, so that a wrong setting is known at once.
  readSettings(process.env);
  await buildPacks();
  await ensureProductionBuild();
  await serve();
});
