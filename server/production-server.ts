import { join } from "node:path";
import { applicationSite } from "./application-site.ts";
import { createHandler } from "./handler.ts";
import { listenOnLoopback, type Listening } from "./listen.ts";
import type { ServerSettings } from "./settings.ts";
import { studioSite } from "./studio-site.ts";

/**
 * Serves the production build.
 *
 * @param dist the build's folder, with `studio/` and `application/` in it
 * @throws PortTakenError
 */
export function startProductionServer(dist: string, { studioHost, port }: ServerSettings): Promise<Listening> {
  const studioRoot = join(dist, "studio");
  const handler = createHandler({
    studioHost,
    studio: studioSite(studioRoot, studioHost),
    application: applicationSite(join(dist, "application"), join(studioRoot, "packs")),
  });
  return listenOnLoopback(handler, port);
}
