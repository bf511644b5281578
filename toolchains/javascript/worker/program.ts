import type { BuildRequest } from "../../toolchain.ts";
import { bundle } from "./bundle.ts";
import type { Bundle, BundleOptions, EsbuildBuild } from "./bundle.ts";
import type { BuildTools } from "./build.ts";
import { readPackageJson } from "./package-json.ts";
import type { SourceTree } from "./source-tree.ts";
import { usesOldSdk } from "./style.ts";
import type { HandlerStyle } from "./style.ts";
import { compilerOptionsOf } from "./tsconfig.ts";

/** Modules of ours that start a program of each style; they lie among the vendored files. */
export const guestModules = {
  sdk1: "node_modules/.spin-playground/sdk-1.js",
  sdk1Globals: "node_modules/.spin-playground/sdk-1-globals.js",
  sdk1Start: "node_modules/.spin-playground/sdk-1-start.js",
  sdk2Start: "node_modules/.spin-playground/sdk-2.js",
} as const;

/** How to bundle the person's entry as it is. */
export function entryOptions(
  { template, packages }: Pick<BuildTools, "template" | "packages">,
  tree: SourceTree,
  { workdir }: Pick<BuildRequest, "workdir">,
  entry: string,
): BundleOptions & { entry: string } {
  const aliases: Record<string, string> = {};
  for (const path of Object.values(guestModules)) aliases[path] = path;
  if (usesOldSdk(readPackageJson(tree, workdir))) aliases["@fermyon/spin-sdk"] = guestModules.sdk1;
  const compilerOptions = compilerOptionsOf(tree, workdir);
  return { tree, entry, witImports: template.metadata.imports, packages, aliases, compilerOptions };
}

/** A bundle, and the options that it was made with. */
export type Program = Extract<Bundle, { ok: true }> & { options: BundleOptions };

/** Bundles a program that handles requests by an export, behind the module that calls it. */
export async function bundleBehindStart(
  esbuild: EsbuildBuild,
  options: BundleOptions & { entry: string },
  style: Exclude<HandlerStyle, "listener">,
): Promise<Program | Extract<Bundle, { ok: false }>> {
  const front = { ...options, entry: { contents: startModule(style, options.entry) } };
  const result = await bundle(esbuild, front);
  return result.ok ? { ...result, options: front } : result;
}

function startModule(style: Exclude<HandlerStyle, "listener">, entry: string): string {
  const app = `import * as app from ${JSON.stringify(`./${entry}`)};\nstart(app);\n`;
  if (style === "sdk-2") return `import { start } from "${guestModules.sdk2Start}";\n${app}`;
  return `import "${guestModules.sdk1Globals}";\nimport { start } from "${guestModules.sdk1Start}";\n${app}`;
}
