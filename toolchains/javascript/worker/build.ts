import type { Diagnostic } from "../../../runtime/diagnostic.ts";
import { digestOf } from "../../../runtime/component/digest.ts";
import type { BuildRequest, BuildTimes } from "../../toolchain.ts";
import type { TextTree } from "../pack-manifest.ts";
import { bake } from "./bake.ts";
import { bundle } from "./bundle.ts";
import type { Bundle, BundleOptions, EsbuildBuild } from "./bundle.ts";
import { findEntry } from "./entry.ts";
import { initialise } from "./initialise.ts";
import type { Initialisation } from "./initialise.ts";
import { explainFault, refuseRandomness } from "./initialisation-errors.ts";
import { readPackageJson } from "./package-json.ts";
import { joinPath, sourceTree } from "./source-tree.ts";
import type { SourceTree } from "./source-tree.ts";
import { detectStyle, usesOldSdk } from "./style.ts";
import type { HandlerStyle } from "./style.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Template } from "./template.ts";
import { compilerOptionsOf } from "./tsconfig.ts";

/** What a build works with; the same in the tab and in Node. */
export interface BuildTools {
  esbuild: EsbuildBuild;
  template: Template;
  vendored: TextTree;
  packages: Readonly<Record<string, string>>;
  /** Called before each step. May reject, to end the build between two steps. */
  onStep?(step: "bundle" | "initialise" | "bake"): Promise<void>;
}

export type SnapshotResult =
  | { ok: true; snapshot: Snapshot; sourceMap: string; diagnostics: Diagnostic[]; milliseconds: BuildTimes }
  | { ok: false; diagnostics: Diagnostic[]; milliseconds: BuildTimes };

/** Modules of ours that start a program of each style; they lie among the vendored files. */
export const guestModules = {
  sdk1: "node_modules/.spin-playground/sdk-1.js",
  sdk1Globals: "node_modules/.spin-playground/sdk-1-globals.js",
  sdk1Start: "node_modules/.spin-playground/sdk-1-start.js",
  sdk2Start: "node_modules/.spin-playground/sdk-2.js",
} as const;

/** Bundles the sources, evaluates their top level in the engine, and takes the engine's state then. */
export async function buildSnapshot(tools: BuildTools, request: BuildRequest): Promise<SnapshotResult> {
  const watch = stopwatch();
  const tree = sourceTree(request.files, tools.vendored);
  const entry = findEntry(tree, request.workdir, request.command);
  if (entry.path === undefined) return { ok: false, diagnostics: [noEntry(entry.tried)], milliseconds: watch.times() };

  await tools.onStep?.("bundle");
  const options = bundleOptions(tools, tree, request.workdir, entry.path);
  const program = await bundleProgram(tools, options, entry.path, request.workdir);
  watch.lap("bundle");
  if (!program.ok) return { ...program, milliseconds: watch.times() };

  await tools.onStep?.("initialise");
  const { sourceMap } = program;
  const result = initialise(tools.template, program.code);
  watch.lap("initialise");
  if ("fault" in result) {
    const located = await locateHostCall(tools, program.options, result);
    const fault = explainFault(located.fault, located.sourceMap ?? sourceMap, entry.path);
    return { ok: false, diagnostics: [fault, ...program.diagnostics], milliseconds: watch.times() };
  }
  return {
    ok: true,
    snapshot: result.snapshot,
    sourceMap,
    diagnostics: program.diagnostics,
    milliseconds: watch.times(),
  };
}

/** Builds one component: a snapshot, baked into the template. */
export async function buildComponent(tools: BuildTools, request: BuildRequest) {
  const start = performance.now();
  const result = await buildSnapshot(tools, request);
  if (!result.ok) return result;
  const { diagnostics, sourceMap, snapshot } = result;
  await tools.onStep?.("bake");
  const bakeStart = performance.now();
  const wasm = bake(tools.template, snapshot);
  const digestStart = performance.now();
  const digest = await digestOf(wasm);
  const end = performance.now();
  const milliseconds = {
    ...result.milliseconds,
    bake: digestStart - bakeStart,
    digest: end - digestStart,
    total: end - start,
  };
  return { ok: true as const, wasm, digest, diagnostics, sourceMap, milliseconds };
}

function bundleOptions(
  { template, packages }: BuildTools,
  tree: SourceTree,
  workdir: string,
  entry: string,
): BundleOptions {
  const aliases: Record<string, string> = {};
  for (const path of Object.values(guestModules)) aliases[path] = path;
  if (usesOldSdk(readPackageJson(tree, workdir))) aliases["@fermyon/spin-sdk"] = guestModules.sdk1;
  const compilerOptions = compilerOptionsOf(tree, workdir);
  return { tree, entry, witImports: template.metadata.imports, packages, aliases, compilerOptions };
}

type Program = (Extract<Bundle, { ok: true }> & { options: BundleOptions }) | Extract<Bundle, { ok: false }>;

/** Bundles the entry; when it handles requests by an export, a second time behind the module that calls it. */
async function bundleProgram(
  { esbuild }: BuildTools,
  options: BundleOptions,
  entry: string,
  workdir: string,
): Promise<Program> {
  const first = await bundle(esbuild, options);
  if (!first.ok) return first;
  const packageJson = readPackageJson(options.tree, workdir);
  const style = detectStyle({ entry, exports: first.exports, code: first.code, packageJson });
  if (typeof style !== "string") return { ok: false, diagnostics: [style, ...first.diagnostics] };
  if (style === "listener") return { ...first, options };
  const front = { ...options, entry: { contents: startModule(style, entry) } };
  const second = await bundle(esbuild, front);
  return second.ok ? { ...second, options: front } : second;
}

function startModule(style: Exclude<HandlerStyle, "listener">, entry: string): string {
  const app = `import * as app from ${JSON.stringify(`./${entry}`)};\nstart(app);\n`;
  if (style === "sdk-2") return `import { start } from "${guestModules.sdk2Start}";\n${app}`;
  return `import "${guestModules.sdk1Globals}";\nimport { start } from "${guestModules.sdk1Start}";\n${app}`;
}

/**
 * A host call stops the engine without a word about the place. So the program is run again with every way to the host
 * replaced by one that throws, and what the engine writes about that error has a place.
 */
async function locateHostCall(
  { esbuild, template }: BuildTools,
  options: BundleOptions,
  result: Extract<Initialisation, { fault: unknown }>,
): Promise<{ fault: Extract<Initialisation, { fault: unknown }>["fault"]; sourceMap?: string }> {
  if (result.fault.hostCall === undefined) return { fault: result.fault };
  const { entry } = options;
  const preludePath = joinPath("node_modules/.spin-playground", "refuse.js") ?? "";
  const contents = typeof entry === "string" ? `import ${JSON.stringify(`./${entry}`)};` : entry.contents;
  const tree: SourceTree = {
    has: (path) => path === preludePath || options.tree.has(path),
    read: (path) => (path === preludePath ? refuseRandomness : options.tree.read(path)),
  };
  const second = await bundle(esbuild, {
    ...options,
    tree,
    aliases: { ...options.aliases, [preludePath]: preludePath },
    entry: { contents: `import "${preludePath}";\n${contents}` },
    refuseHostCalls: true,
  });
  if (!second.ok) return { fault: result.fault };
  const again = initialise(template, second.code);
  // A program that catches the error runs on to its end; what was printed has the place all the same.
  const fault = "fault" in again ? again.fault : { ...result.fault, output: again.output };
  return { fault, sourceMap: second.sourceMap };
}

function noEntry(tried: string[]): Diagnostic {
  const places = tried.map((path) => (/\.\w+$/.test(path) ? path : `${path}.{ts,tsx,js,jsx,mjs}`)).join(", ");
  return {
    severity: "error",
    code: "entry-not-found",
    message: `No module to start from was found. Looked at: ${places}.`,
  };
}

function stopwatch() {
  const start = performance.now();
  const laps: Record<string, number> = {};
  let last = start;
  return {
    lap(name: string) {
      const now = performance.now();
      laps[name] = now - last;
      last = now;
    },
    times: (): BuildTimes => ({ ...laps, total: performance.now() - start }),
  };
}
