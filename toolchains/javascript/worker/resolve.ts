import { lookUpExport } from "./package-exports.ts";
import { readPackageJson } from "./package-json.ts";
import { folderOf, joinPath } from "./source-tree.ts";
import type { SourceTree } from "./source-tree.ts";

export type Resolution =
  | { path: string }
  /** A WIT interface: it stays an import, the engine links it. */
  | { external: string }
  | { problem: string; code: "import-not-found" | "import-unavailable" | "node-builtin" | "wit-import-unknown" };

export interface ResolveOptions {
  tree: SourceTree;
  /** Versioned WIT interfaces that guest code can import. */
  witImports: readonly string[];
  /** npm packages that are vendored, for the message when another is asked for. */
  packages: Readonly<Record<string, string>>;
  /** Specifiers that lead to another file, e.g. the old SDK to our own. */
  aliases: Readonly<Record<string, string>>;
}

const extensions = [".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs", ".cts", ".cjs", ".json"];

/** Specifiers that begin so name WIT interfaces. */
const witSpecifier = /^(?:wasi|fermyon|spin|spinframework|spin-playground):/;

const nodeBuiltins = new Set(
  (
    "assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs " +
    "http http2 https inspector module net os path perf_hooks process punycode querystring readline repl stream " +
    "string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib"
  ).split(" "),
);

/**
 * Finds the file that an import means, as esbuild with `platform: "browser"` (which the native build uses) would.
 *
 * @param importer Path of the importing file.
 * @param required Whether it is a `require` call: packages may offer another file for it.
 */
export function resolveImport(
  specifier: string,
  importer: string,
  required: boolean,
  options: ResolveOptions,
): Resolution {
  const alias = options.aliases[specifier];
  if (alias !== undefined) return { path: alias };
  if (witSpecifier.test(specifier)) return resolveWit(specifier, options.witImports);
  const conditions = new Set(["browser", "module", required ? "require" : "import"]);
  if (specifier.startsWith(".") || specifier.startsWith("/")) {
    const target = specifier.startsWith("/") ? specifier.slice(1) : joinPath(folderOf(importer), specifier);
    const path = target === undefined ? undefined : resolveFile(options.tree, target);
    if (path !== undefined) return { path };
    return { problem: `There is no file "${specifier}" beside ${importer}.`, code: "import-not-found" };
  }
  if (specifier.startsWith("#")) return resolvePrivate(specifier, importer, required, conditions, options);
  return resolvePackage(specifier, importer, conditions, options);
}

function resolveWit(specifier: string, witImports: readonly string[]): Resolution {
  if (witImports.includes(specifier)) return { external: specifier };
  const name = specifier.replace(/@.*/, "");
  const offered = witImports.filter((known) => known.startsWith(`${name}@`));
  const hint = offered.length > 0 ? `Available is ${offered.join(", ")}.` : `Available are: ${witImports.join(", ")}.`;
  const problem = `The WIT interface "${specifier}" is not part of the component that the playground builds. ${hint}`;
  return { problem, code: "wit-import-unknown" };
}

function resolvePrivate(
  specifier: string,
  importer: string,
  required: boolean,
  conditions: ReadonlySet<string>,
  options: ResolveOptions,
): Resolution {
  for (const folder of ancestors(importer)) {
    const target = lookUpExport(readPackageJson(options.tree, folder)?.imports, specifier, conditions);
    if (target === undefined) continue;
    if (!target.startsWith(".")) return resolveImport(target, importer, required, options);
    const path = joinPath(folder, target);
    const found = path === undefined ? undefined : resolveFile(options.tree, path);
    if (found !== undefined) return { path: found };
  }
  return { problem: `No package.json above ${importer} has "imports" for "${specifier}".`, code: "import-not-found" };
}

function resolvePackage(
  specifier: string,
  importer: string,
  conditions: ReadonlySet<string>,
  options: ResolveOptions,
): Resolution {
  const [first = "", second = "", ...rest] = specifier.split("/");
  const scoped = first.startsWith("@");
  const name = scoped ? `${first}/${second}` : first;
  const subpath = (scoped ? rest : [second, ...rest]).filter((part) => part !== "").join("/");
  for (const ancestor of ancestors(importer)) {
    const folder = ancestor === "" ? `node_modules/${name}` : `${ancestor}/node_modules/${name}`;
    const manifest = readPackageJson(options.tree, folder);
    if (!manifest) continue;
    let target: string | undefined;
    if (manifest.exports !== undefined) {
      target = lookUpExport(manifest.exports, subpath === "" ? "." : `./${subpath}`, conditions);
    } else if (subpath !== "") target = subpath;
    else
      target = [manifest.browser, manifest.module, manifest.main, "index.js"].find(
        (field) => typeof field === "string",
      );
    const path = target === undefined ? undefined : joinPath(folder, target);
    const found = path === undefined ? undefined : resolveFile(options.tree, path);
    if (found !== undefined) return { path: found };
    const missing = subpath === "" ? "no main module" : `no export "./${subpath}"`;
    return { problem: `The package "${name}" has ${missing}.`, code: "import-not-found" };
  }
  if (specifier.startsWith("node:") || nodeBuiltins.has(first)) {
    const problem =
      `"${specifier}" is a module of Node.js, which does not exist in a Spin component. Use the Web APIs instead: ` +
      "fetch, URL, crypto, TextEncoder, streams.";
    return { problem, code: "node-builtin" };
  }
  const available = Object.keys(options.packages).sort().join(", ");
  const problem = `The npm package "${name}" is not available in the playground. Available are: ${available}.`;
  return { problem, code: "import-unavailable" };
}

/** The file at a path: as written, with an extension, a TypeScript file written as `.js`, or a folder's index. */
export function resolveFile(tree: SourceTree, path: string): string | undefined {
  if (path !== "" && tree.has(path)) return path;
  const stem = path.replace(/\.([cm]?)jsx?$/, ".$1");
  const typescript = stem === path ? [] : [`${stem}ts`, `${stem}tsx`];
  const direct = path === "" ? [] : extensions.map((extension) => path + extension);
  const index = extensions.map((extension) => (path === "" ? `index${extension}` : `${path}/index${extension}`));
  return [...typescript, ...direct, ...index].find((candidate) => tree.has(candidate));
}

function* ancestors(path: string): Generator<string> {
  let folder = folderOf(path);
  while (folder !== "") {
    yield folder;
    folder = folderOf(folder);
  }
  yield "";
}
