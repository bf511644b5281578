import { PlaygroundError } from "../../runtime/errors.ts";
import type { PrebuiltGlue } from "../../runtime/protocol.ts";

/** `manifest.json` of the JavaScript pack: every other file, and what the parts of the playground need to know of them. */
export interface PackManifest {
  format: 1;
  /**
   * Name → what it is called below the pack's folder, its size in bytes, and its SHA-256 in hexadecimal. File names
   * carry a part of the hash, so that they may be cached for ever; `types.json` is fetched by its plain name.
   */
  files: Record<string, { file: string; size: number; hash: string }>;
  /** `shellDigest` of every component that this pack builds (see `runtime/component/shell.ts`). */
  shellDigest: string;
  /** jco's glue for those components; `main` is its name for the engine's code, which is among the modules as the shell. */
  glue: { file: string; main: string; modules: Record<string, string> };
  /** Template id → its prebuilt snapshot, the same as a `PreparedFile`, and the digest of the component they stand for. */
  prebuilt: Record<string, { file: string; prepared: string; digest: string }>;
  /** Versions of what is inside, for the about box and for reports of faults. */
  versions: Record<string, string>;
  /** npm packages that guest code can import, with their versions. */
  packages: Record<string, string>;
}

export const packFiles = {
  template: "template.wasm",
  metadata: "template.json",
  packages: "packages.json",
  types: "types.json",
  esbuild: "esbuild.wasm",
} as const;

/** `packages.json` and `types.json`: a tree of text files, paths from the workspace root (`node_modules/hono/…`). */
export type TextTree = Record<string, string>;

/** What the manifest says of a file; fails with `internal` when the pack has no such file. */
export function packFile(manifest: PackManifest, name: string): PackManifest["files"][string] {
  const entry = manifest.files[name];
  if (!entry) throw new PlaygroundError("internal", `The JavaScript pack has no file "${name}".`);
  return entry;
}

/** The address of a pack file. */
export function packFileUrl(manifest: PackManifest, base: string, name: string): string {
  return base + packFile(manifest, name).file;
}

/**
 * The pack's glue in the form a deployment takes.
 *
 * @param base Where the pack's files lie on the application origin, with a slash at the end.
 */
export function prebuiltGlueOf(manifest: PackManifest, base: string): Record<string, PrebuiltGlue> {
  const modules: Record<string, string> = {};
  for (const [name, file] of Object.entries(manifest.glue.modules)) modules[name] = packFileUrl(manifest, base, file);
  const glue = packFileUrl(manifest, base, manifest.glue.file);
  return { [manifest.shellDigest]: { glue, main: manifest.glue.main, modules } };
}
