import { readText } from "./source-tree.ts";
import type { SourceTree } from "./source-tree.ts";

/** What of a package.json matters here. Fields are as found: anything may be missing or of another type. */
export interface PackageJson {
  name?: string;
  version?: string;
  main?: string;
  module?: string;
  browser?: string;
  source?: string;
  types?: string;
  exports?: unknown;
  imports?: unknown;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** Reads `package.json` of a folder. `undefined` when there is none or it is not a JSON object. */
export function readPackageJson(tree: SourceTree, folder: string): PackageJson | undefined {
  const text = readText(tree, folder === "" ? "package.json" : `${folder}/package.json`);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    // A half-typed package.json is as good as none: its dependencies are vendored anyway.
    return undefined;
  }
}

/** The first major version that a range of a dependency allows, e.g. 2 for `^2.0.1`; `undefined` when it has no number. */
export function majorOf(range: string | undefined): number | undefined {
  const found = range === undefined ? null : /\d+/.exec(range);
  return found ? Number(found[0]) : undefined;
}
