/**
 * `npm run dev`: the studio with hot reload, behind the same host names as in production. Engine and service worker are
 * rebuilt at each change, and the studio is then reloaded, since code that runs in workers cannot be replaced in place.
 */
import { mkdir } from "node:fs/promises";
import { createServer as createViteServer } from "vite";
import type { Answer } from "../server/answer.ts";
import { applicationSite } from "../server/application-site.ts";
import { createHandler } from "../server/handler.ts";
import { listenOnLoopback } from "../server/listen.ts";
import { readSettings } from "../server/settings.ts";
import { buildPacks } from "./lib/production-build.ts";
import { main } from "./lib/serve.ts";
import { step } from "./lib/step.ts";
import { watchBuild } from "./lib/watch-build.ts";
import { enginePath } from "../runtime/protocol.ts";

/** Apart from the production build, so that neither disturbs the other. */
const applicationRoot = "node_modules/.cache/spin-playground/application";

await main(async () => {
  const { studioHost, port } = readSettings(process.env);
  await buildPacks();
  const sites = createHandler({
    studioHost,
    studio: (request, response) => studio(request, response),
    application: applicationSite(applicationRoot, "public/packs"),
  });
  const listening = await listenOnLoopback(sites, port);
  const [first, ...others] = listening.servers;
  const vite = await createViteServer({
    server: {
      middlewareMode: true,
      allowedHosts: [studioHost],
      // Vite takes one server for its web socket; the other address hands its upgrades over.
      ...(first ? { hmr: { server: first } } : {}),
    },
  });
  for (const other of others) other.on("upgrade", (...upgrade) => first?.emit("upgrade", ...upgrade));
  const studio: Answer = (request, response) => vite.middlewares(request, response);

  const reload = () => vite.ws.send({ type: "full-reload" });
  await mkdir(applicationRoot, { recursive: true });
  await step("Building engine and service worker", async () => {
    await watchBuild("vite.engine.config.ts", `${applicationRoot}${enginePath}`, reload);
    await watchBuild("vite.service-worker.config.ts", applicationRoot, reload);
  });
  console.log(`Spin Playground, development: http://${studioHost}:${listening.port}`);
});
