import type { BuildOptions, BuildResult as EsbuildResult, Message, OnResolveResult, Plugin } from "esbuild-wasm";
import type { Diagnostic } from "../../../runtime/diagnostic.ts";
import { sourceName } from "../template-metadata.ts";
import { listenerProbe } from "./listener-probe.ts";
import { refusingModule } from "./refuse-host-calls.ts";
import { resolveImport } from "./resolve.ts";
import type { ResolveOptions } from "./resolve.ts";
import { readText } from "./source-tree.ts";

/** esbuild's `build`, of whichever edition: the browser's in the tab, Node's in the pack and in tests. */
export type EsbuildBuild = (options: BuildOptions) => Promise<EsbuildResult>;

/** The namespace of every file here: none of them is on a disk. */
const namespace = "workspace";
/** WIT interfaces that throw when used; see `refuse-host-calls.ts`. */
const refusedNamespace = "refused";

export interface BundleOptions extends ResolveOptions {
  /** Path of the entry, or a module that stands in front of it. */
  entry: string | { contents: string };
  /** `compilerOptions` of the component's tsconfig.json, if any. */
  compilerOptions: object | undefined;
  /** Replaces WIT interfaces by modules that throw at a call, with a stack that tells where it was. */
  refuseHostCalls?: boolean;
}

export type Bundle =
  | { ok: true; code: string; sourceMap: string; exports: string[]; diagnostics: Diagnostic[] }
  | { ok: false; diagnostics: Diagnostic[] };

/** Makes one ES module of the entry and all it imports. WIT interfaces stay imports. */
export async function bundle(build: EsbuildBuild, options: BundleOptions): Promise<Bundle> {
  try {
    const result = await build({
      entryPoints: ["spin-playground:entry"],
      bundle: true,
      write: false,
      metafile: true,
      sourcemap: "external",
      outfile: sourceName,
      format: "esm",
      platform: "browser",
      // The engine is a SpiderMonkey of 2025: it has all of ES2024.
      target: "es2024",
      logLevel: "silent",
      banner: { js: listenerProbe },
      tsconfigRaw: { compilerOptions: options.compilerOptions ?? {} },
      plugins: [workspacePlugin(options)],
    });
    const text = (suffix: string) => result.outputFiles?.find((file) => file.path.endsWith(suffix))?.text ?? "";
    return {
      ok: true,
      code: text(sourceName),
      sourceMap: text(".map"),
      exports: Object.values(result.metafile?.outputs ?? {}).find((output) => output.entryPoint)?.exports ?? [],
      diagnostics: result.warnings.map((message) => toDiagnostic("warning", message)),
    };
  } catch (error) {
    // esbuild rejects with the messages of what is wrong in the sources; anything else is its own fault, carried on.
    const { errors, warnings } = error as { errors?: Message[]; warnings?: Message[] };
    if (!errors) throw error;
    const found = errors.map((message) => toDiagnostic("error", message));
    return {
      ok: false,
      diagnostics: [...found, ...(warnings ?? []).map((message) => toDiagnostic("warning", message))],
    };
  }
}

function workspacePlugin(options: BundleOptions): Plugin {
  const { entry, tree } = options;
  const front = "spin-playground-start.ts";
  return {
    name: "workspace",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer, kind }): OnResolveResult => {
        if (kind === "entry-point") return { path: typeof entry === "string" ? entry : front, namespace };
        const found = resolveImport(path, importer, kind === "require-call" || kind === "require-resolve", options);
        if ("path" in found) return { path: found.path, namespace };
        if ("problem" in found) return { errors: [{ text: found.problem, detail: found.code }] };
        return options.refuseHostCalls ? { path, namespace: refusedNamespace } : { path, external: true };
      });
      build.onLoad({ filter: /.*/, namespace }, ({ path }) => {
        const contents = path === front && typeof entry !== "string" ? entry.contents : readText(tree, path);
        return contents === undefined ? undefined : { contents, loader: loaderOf(path) };
      });
      build.onLoad({ filter: /.*/, namespace: refusedNamespace }, ({ path }) => ({
        contents: refusingModule(path),
        loader: "js",
      }));
    },
  };
}

function loaderOf(path: string): "ts" | "tsx" | "json" | "jsx" | "text" {
  if (/\.[cm]?ts$/.test(path)) return "ts";
  if (path.endsWith(".tsx")) return "tsx";
  if (path.endsWith(".json")) return "json";
  if (/\.(?:[cm]?js|jsx)$/.test(path)) return "jsx";
  return "text";
}

/** esbuild counts columns from 0 and in bytes of UTF-8; a diagnostic from 1 and in UTF-16 units. */
function toDiagnostic(severity: Diagnostic["severity"], { text, location, detail }: Message): Diagnostic {
  const code = typeof detail === "string" ? detail : severity === "error" ? "syntax-error" : "build-warning";
  if (!location) return { severity, code, message: text };
  const before = new TextEncoder().encode(location.lineText).subarray(0, location.column);
  return {
    severity,
    code,
    message: text,
    file: location.file.replace(/^workspace:/, ""),
    line: location.line,
    column: new TextDecoder().decode(before).length + 1,
  };
}
