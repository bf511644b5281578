import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild-wasm";
import type { TextTree } from "../pack-manifest.ts";
import { guestModules } from "../worker/program.ts";

/** npm packages that guest code can import as npm has them. */
const npmPackages = ["hono", "itty-router", "@fermyon/spin-sdk", "@spinframework/wasi-http-proxy"];

/** Packages of ours under the names of Spin's, with the version whose interface they have. */
export const ownPackages: Record<string, { version: string; source: string }> = {
  "@spinframework/spin-kv": { version: "1.0.0", source: "spin-kv.ts" },
  "@spinframework/spin-variables": { version: "1.0.0", source: "spin-variables.ts" },
  "@spinframework/spin-sqlite": { version: "1.0.0", source: "spin-sqlite.ts" },
  "@spinframework/spin-redis": { version: "1.0.0", source: "spin-redis.ts" },
  "@spinframework/spin-postgres": { version: "1.0.0", source: "spin-postgres.ts" },
  "@spinframework/spin-llm": { version: "1.0.0", source: "spin-llm.ts" },
};

const guestFiles = {
  [guestModules.sdk1]: "sdk-1/index.ts",
  [guestModules.sdk1Globals]: "sdk-1/globals.ts",
  [guestModules.sdk1Start]: "sdk-1/start.ts",
  [guestModules.sdk2Start]: "sdk-2.ts",
};

/** What imports of these folders need another runtime, or is of no use in a bundle. */
const unneeded = /\/(?:cjs|types|adapter\/(?!service-worker)[\w-]+|bin|plugins|wit)\//;

/** Makes `packages.json`: the code of every package that guest code can import, and their versions. */
export async function vendoredPackages(
  nodeModules: string,
  guest: string,
): Promise<{ tree: TextTree; versions: Record<string, string> }> {
  const tree: TextTree = {};
  const versions: Record<string, string> = {};
  for (const name of npmPackages) {
    const files = readTree(join(nodeModules, name), `node_modules/${name}`, (path) => {
      return /(?:\.[cm]?js|\/package\.json)$/.test(path) && !/\.min\.|\/test/.test(path) && !unneeded.test(path);
    });
    const manifest = JSON.parse(files[`node_modules/${name}/package.json`] ?? "{}") as { version: string };
    versions[name] = manifest.version;
    Object.assign(tree, files);
  }
  for (const [name, { version, source }] of Object.entries(ownPackages)) {
    versions[name] = version;
    const manifest = { name, version, type: "module", main: "index.js" };
    tree[`node_modules/${name}/package.json`] = JSON.stringify(manifest);
    tree[`node_modules/${name}/index.js`] = await compileGuest(join(guest, source));
  }
  // Old SDK sources share state between these only through globals, so each may be a bundle of its own.
  for (const [path, source] of Object.entries(guestFiles)) tree[path] = await compileGuest(join(guest, source));
  return { tree, versions };
}

async function compileGuest(path: string): Promise<string> {
  const result = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    external: ["fermyon:*", "wasi:*", "@fermyon/spin-sdk"],
  });
  return result.outputFiles[0]?.text ?? "";
}

/** All files of a folder that a condition keeps. Keys: `prefix` and the path in the folder. */
export function readTree(folder: string, prefix: string, keep: (path: string) => boolean): TextTree {
  const tree: TextTree = {};
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const inner = join(entry.parentPath, entry.name).slice(folder.length).replaceAll("\\", "/");
    const path = prefix + inner;
    if (keep(path)) tree[path] = readFileSync(join(entry.parentPath, entry.name), "utf8");
  }
  return tree;
}
