import { rm } from "node:fs/promises";
import { build } from "vite";
import { command, step } from "./step.ts";
import { precompress } from "./precompress.ts";
import { buildStamp } from "./build-stamp.ts";

/** Folder of the production build: `studio/` and `application/`, each laid out as its origin is. */
export const dist = "dist";

/** Makes the packs of all toolchains; each skips what is unchanged. */
export async function buildPacks(): Promise<void> {
  await step("Making the JavaScript pack", () => command("tsx", ["toolchains/javascript/pack/pack.ts"]));
}

/** Builds the three parts of the production build into `dist`, packs (which must exist) included. */
export async function buildProduction(): Promise<void> {
  const stamp = await buildStamp(dist);
  await rm(dist, { recursive: true, force: true });
  await step("Building the studio", () => viteBuild("vite.config.ts"));
  await step("Building the engine", () => viteBuild("vite.engine.config.ts"));
  await step("Building the service worker", () => viteBuild("vite.service-worker.config.ts"));
  await step("Compressing", () => precompress(dist));
  await stamp.write();
}

/** Makes the production build, for which the packs must exist, unless it is already what the sources say. */
export async function ensureProductionBuild(): Promise<void> {
  const stamp = await buildStamp(dist);
  if (!stamp.isCurrent) await buildProduction();
}

/** One Vite build by the name of its configuration file. */
export async function viteBuild(configFile: string): Promise<void> {
  await build({ configFile, logLevel: "warn" });
}
