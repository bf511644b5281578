/** `npm run build`: packs and the production build, into dist/. */
import { buildPacks, buildProduction } from "./lib/production-build.ts";
import { main } from "./lib/serve.ts";

await main(async () => {
  await buildPacks();
  await buildProduction();
});
