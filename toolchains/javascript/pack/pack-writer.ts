import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PackManifest } from "../pack-manifest.ts";

/** Collects the files of a pack in its folder, and what the manifest says of them. */
export class PackWriter {
  readonly files: PackManifest["files"] = {};
  readonly #folder: string;

  /** Empties the folder: an old pack's files have other names. */
  constructor(folder: string) {
    this.#folder = folder;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  /** Writes a file. With `plainName` its address does not change with the content. */
  add(name: string, content: Uint8Array | string, options: { plainName?: boolean } = {}): void {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    const hash = createHash("sha256").update(bytes).digest("hex");
    const dot = name.lastIndexOf(".");
    const file = options.plainName ? name : `${name.slice(0, dot)}.${hash.slice(0, 16)}${name.slice(dot)}`;
    writeFileSync(join(this.#folder, file), bytes);
    this.files[name] = { file, size: bytes.length, hash };
  }

  /** Written last: a pack without a manifest is not there. */
  finish(manifest: Omit<PackManifest, "files">): void {
    writeFileSync(join(this.#folder, "manifest.json"), JSON.stringify({ ...manifest, files: this.files }, null, 1));
  }
}
