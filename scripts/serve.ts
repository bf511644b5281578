/** Serves the production build that is there, for the browser tests. */
import { main, serve } from "./lib/serve.ts";

await main(serve);
