import { readPackageJson } from "./package-json.ts";
import { resolveFile } from "./resolve.ts";
import { joinPath, readText } from "./source-tree.ts";
import type { SourceTree } from "./source-tree.ts";

export interface EntrySearch {
  path?: string;
  /** Places that were looked at, in order, for the message when nothing was there. */
  tried: string[];
}

const source = String.raw`[\w@./-]+\.[cm]?[jt]sx?`;
/** `entryPoints: ["src/index.ts"]` of esbuild, `entry: "./src/index.ts"` of webpack, `input: "src/index.ts"` of rollup. */
const configuredEntry = new RegExp(
  String.raw`\b(?:entryPoints|entry|input)\b["']?\s*[:=]\s*[[{]*[^"'\`\]}]{0,80}["'\`](${source})["'\`]`,
);
/** A source file as the first plain argument of a bundler. */
const bundlerArgument = new RegExp(
  String.raw`\b(?:esbuild|rollup|webpack|tsup|bun build)\b[^&|;]*?\s["']?(${source})["']?(?:\s|$)`,
);
const scriptFile = new RegExp(String.raw`\b(?:node|tsx|bun)\s+(?:--?[\w-]+(?:=\S+)?\s+)*(${source})`);
const configFiles = [
  "build.mjs",
  "build.js",
  "esbuild.config.mjs",
  "esbuild.config.js",
  "webpack.config.js",
  "webpack.config.mjs",
  "rollup.config.js",
  "rollup.config.mjs",
];

/**
 * Finds the module that a native build would start from: named by the build command, by the build script or bundler
 * configuration it runs, by package.json, or at the customary place.
 *
 * @param workdir The component's folder in the workspace, `""` for the root.
 */
export function findEntry(tree: SourceTree, workdir: string, command: string): EntrySearch {
  const tried: string[] = [];
  const manifest = readPackageJson(tree, workdir);
  const scripts = [command, ...namedScripts(command, manifest?.scripts ?? {})];
  const candidates: (string | undefined)[] = [];
  for (const script of scripts) candidates.push(bundlerArgument.exec(script)?.[1]);
  const runs = scripts.map((script) => scriptFile.exec(script)?.[1]);
  for (const file of [...runs, ...configFiles]) {
    const path = file === undefined ? undefined : joinPath(workdir, file);
    const text = path === undefined ? undefined : readText(tree, path);
    candidates.push(text === undefined ? undefined : configuredEntry.exec(text)?.[1]);
  }
  candidates.push(manifest?.source);
  // "main" often names what the build makes; it counts when it is a source that is there.
  if (manifest?.main && !/(?:^|\/)(?:dist|build|lib|out)\//.test(manifest.main)) candidates.push(manifest.main);
  candidates.push("src/index", "index");

  for (const candidate of candidates) {
    const path = typeof candidate === "string" ? joinPath(workdir, candidate) : undefined;
    if (path === undefined || tried.includes(path)) continue;
    const found = resolveFile(tree, path);
    if (found !== undefined) return { path: found, tried };
    tried.push(path);
  }
  return { tried };
}

/** The text of package.json scripts that a command runs, and of those that they run in turn. */
function namedScripts(command: string, scripts: Record<string, string>, seen = new Set<string>()): string[] {
  const found: string[] = [];
  for (const [, run, direct] of command.matchAll(/\b(?:npm|pnpm|yarn|bun)\s+(?:run\s+([\w:-]+)|([\w:-]+))/g)) {
    const name = run ?? direct;
    const script = name === undefined ? undefined : scripts[name];
    if (name === undefined || script === undefined || seen.has(name)) continue;
    seen.add(name);
    found.push(script, ...namedScripts(script, scripts, seen));
  }
  return found;
}
