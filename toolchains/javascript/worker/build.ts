import type { Diagnostic } from "../../../runtime/diagnostic.ts";
import { digestOf } from "../../../runtime/component/digest.ts";
import type { BuildRequest, BuildTimes } from "../../toolchain.ts";
import type { TextTree } from "../pack-manifest.ts";
import { bake } from "./bake.ts";
import { bundle } from "./bundle.ts";
import type { EsbuildBuild } from "./bundle.ts";
import { findEntry } from "./entry.ts";
import { initialise } from "./initialise.ts";
import { explainFault } from "./initialisation-errors.ts";
import { locateHostCall } from "./locate-host-call.ts";
import { readPackageJson } from "./package-json.ts";
import { bundleBehindStart, entryOptions } from "./program.ts";
import { sourceTree } from "./source-tree.ts";
import { noHandler, possibleStyles } from "./style.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Template } from "./template.ts";

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
  | {
      ok: true;
      snapshot: Snapshot;
      sourceMap: string;
      diagnostics: Diagnostic[];
      milliseconds: BuildTimes;
      /** See `BuildResult`. */
      read: string[];
    }
  | { ok: false; diagnostics: Diagnostic[]; milliseconds: BuildTimes };

/** Bundles the sources, evaluates their top level in the engine, and takes the engine's state then. */
export async function buildSnapshot(tools: BuildTools, request: BuildRequest): Promise<SnapshotResult> {
  const watch = stopwatch();
  const fail = (...diagnostics: Diagnostic[]) => ({ ok: false as const, diagnostics, milliseconds: watch.times() });
  const tree = sourceTree(request.files, tools.vendored);
  const entry = findEntry(tree, request.workdir, request.command);
  if (entry.path === undefined) return fail(noEntry(entry.tried));

  await tools.onStep?.("bundle");
  const options = entryOptions(tools, tree, request, entry.path);
  const first = await bundle(tools.esbuild, options);
  watch.lap("bundle");
  if (!first.ok) return fail(...first.diagnostics);

  const packageJson = readPackageJson(tree, request.workdir);
  for (const style of possibleStyles({ exports: first.exports, code: first.code, packageJson })) {
    const program =
      style === "listener" ? { ...first, options } : await bundleBehindStart(tools.esbuild, options, style);
    watch.lap("bundle");
    if (!program.ok) return fail(...program.diagnostics);

    await tools.onStep?.("initialise");
    const result = initialise(tools.template, program.code);
    watch.lap("initialise");
    const { sourceMap, diagnostics } = program;
    if ("fault" in result) {
      const located = await locateHostCall(tools, program, result.fault);
      return fail(explainFault(located.fault, located.sourceMap, entry.path), ...diagnostics);
    }
    if (!result.listening) continue;
    const read = [...tree.readPaths];
    return { ok: true, snapshot: result.snapshot, sourceMap, diagnostics, milliseconds: watch.times(), read };
  }
  return fail(noHandler(entry.path, first.exports), ...first.diagnostics);
}

/** Builds one component: a snapshot, baked into the template. */
export async function buildComponent(tools: BuildTools, request: BuildRequest) {
  const start = performance.now();
  const result = await buildSnapshot(tools, request);
  if (!result.ok) return result;
  const { diagnostics, sourceMap, snapshot, read } = result;
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
  return { ok: true as const, wasm, digest, diagnostics, sourceMap, milliseconds, read };
}

function noEntry(tried: string[]): Diagnostic {
  const places = tried.map((path) => (/\.\w+$/.test(path) ? path : `${path}.{ts,tsx,js,jsx,mjs}`)).join(", ");
  return {
    severity: "error",
    code: "entry-not-found",
    message: `No module to start from was found. Looked at: ${places}.`,
  };
}

/** Measures steps; a step that is taken twice counts as the sum. */
function stopwatch() {
  const start = performance.now();
  const laps: Record<string, number> = {};
  let last = start;
  return {
    lap(name: string) {
      const now = performance.now();
      laps[name] = (laps[name] ?? 0) + now - last;
      last = now;
    },
    times: (): BuildTimes => ({ ...laps, total: performance.now() - start }),
  };
}
