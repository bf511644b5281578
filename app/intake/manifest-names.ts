import picomatch from "picomatch";
import { parse } from "smol-toml";
import { normalised } from "../../runtime/manifest/workspace-path.ts";

/** What a manifest names on the disk, as far as its text can be read. Paths begin at the manifest's folder. */
export interface ManifestNames {
  /** Paths of components' Wasm, in the manifest's order. */
  readonly sources: readonly string[];
  /** Whether any component mounts files. */
  readonly mountsFiles: boolean;
  /** Whether a source, an entry of `files` or one of `build.watch` names this path. */
  readonly names: (path: string) => boolean;
  /** Whether something in this folder may be named, other than by a pattern that spells out no folder. */
  readonly mayHold: (folder: string) => boolean;
  /** Whether there is a pattern that spells out no folder, as `**` and its like do. */
  readonly anywhere: boolean;
}

/**
 * Reads names off any manifest, wrong ones included: nothing else is looked at, and what has another shape is passed over. Both
 * versions of the manifest are read. Spin: `crates/loader`, and `spin watch` (`src/commands/watch/filters.rs`).
 */
export function manifestNames(text: string): ManifestNames {
  const sources: string[] = [];
  const patterns: string[] = [];
  let mountsFiles = false;
  for (const component of componentsOf(text)) {
    const { source, files, dependencies, build } = component;
    if (typeof source === "string") sources.push(...pathsOf(source));
    mountsFiles ||= arrayOf(files).length > 0;
    for (const entry of arrayOf(files)) {
      const pattern = isTable(entry) ? entry["source"] : entry;
      if (typeof pattern === "string") patterns.push(...pathsOf(pattern));
    }
    for (const dependency of Object.values(isTable(dependencies) ? dependencies : {})) {
      const path = isTable(dependency) ? dependency["path"] : undefined;
      if (typeof path === "string") sources.push(...pathsOf(path));
    }
    const { workdir, watch } = isTable(build) ? build : {};
    const folder = typeof workdir === "string" ? workdir : "";
    for (const pattern of arrayOf(watch)) {
      if (typeof pattern === "string") patterns.push(...pathsOf(`${folder}/${pattern}`.replace(/^\//, "")));
    }
  }
  const globs = patterns.map((pattern) => picomatch(pattern, { dot: true }));
  const named = [...sources, ...patterns.map(fixedPart)];
  return {
    sources,
    mountsFiles,
    names: (path) =>
      sources.includes(path) ||
      patterns.some((pattern, index) => path.startsWith(`${pattern}/`) || globs[index]?.(path) === true),
    mayHold: (folder) =>
      named.some((path) => `${path}/`.startsWith(`${folder}/`) || (path !== "" && folder.startsWith(`${path}/`))),
    anywhere: named.includes(""),
  };
}

type Table = Record<string, unknown>;

function componentsOf(text: string): Table[] {
  let manifest: Table;
  try {
    manifest = parse(text);
  } catch {
    // Its faults are told when it is opened.
    return [];
  }
  const { component } = manifest;
  const inTriggers = Object.values(isTable(manifest["trigger"]) ? manifest["trigger"] : {})
    .flatMap(arrayOf)
    .map((trigger) => (isTable(trigger) ? trigger["component"] : undefined));
  const listed = Array.isArray(component) ? component : Object.values(isTable(component) ? component : {});
  return [...listed, ...inTriggers].filter(isTable);
}

/** The pattern's own path, or nothing where it leads out of the folder. */
function pathsOf(path: string): string[] {
  const inside = path.startsWith("/") ? undefined : normalised(path);
  return inside === undefined ? [] : [inside];
}

/** The folders that a pattern spells out. */
function fixedPart(pattern: string): string {
  return picomatch.scan(pattern).base;
}

function arrayOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
