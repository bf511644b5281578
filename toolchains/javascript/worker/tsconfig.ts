import { joinPath, readText } from "./source-tree.ts";
import type { SourceTree } from "./source-tree.ts";

/** The options that change what JavaScript comes out; the type check is the editor's. */
const relevant = [
  "experimentalDecorators",
  "jsx",
  "jsxFactory",
  "jsxFragmentFactory",
  "jsxImportSource",
  "useDefineForClassFields",
  "verbatimModuleSyntax",
];

/**
 * Reads `compilerOptions` of the component's tsconfig.json, comments and trailing commas allowed. `extends` is not
 * followed. `undefined` when there is none, or it cannot be read: then the defaults are as good as any.
 */
export function compilerOptionsOf(tree: SourceTree, workdir: string): Record<string, unknown> | undefined {
  const text = readText(tree, joinPath(workdir, "tsconfig.json") ?? "");
  if (text === undefined) return undefined;
  try {
    const { compilerOptions } = JSON.parse(stripComments(text)) as { compilerOptions?: Record<string, unknown> };
    if (typeof compilerOptions !== "object") return undefined;
    return Object.fromEntries(Object.entries(compilerOptions).filter(([key]) => relevant.includes(key)));
  } catch {
    // A tsconfig.json in the middle of an edit must not fail the build.
    return undefined;
  }
}

/** Strings are matched first, so that `//` within one stays. */
function stripComments(text: string): string {
  return text
    .replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string: string | undefined) => string ?? "")
    .replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, (_, string: string | undefined) => string ?? "");
}
