import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const inputs = [
  "toolchains/javascript/guest",
  "toolchains/javascript/pack",
  "toolchains/javascript/worker",
  "toolchains/javascript/pack-manifest.ts",
  "toolchains/javascript/template-metadata.ts",
  "runtime/component/classify.ts",
  "runtime/component/component-sections.ts",
  "runtime/component/digest.ts",
  "runtime/component/prepared-file.ts",
  "runtime/component/shell.ts",
  "runtime/component/slim-glue.ts",
  "runtime/component/transpile.ts",
  "runtime/component/wasm",
  "runtime/host/wit-facts.ts",
  "templates",
  "package-lock.json",
];

/** A hash of everything that a pack is made from: sources, templates, and the installed packages' versions. */
export function inputStamp(root: string): string {
  const hash = createHash("sha256");
  for (const path of inputs.flatMap((input) => sources(join(root, input))).sort()) {
    hash.update(path.slice(root.length)).update("\0").update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

/** The files at a path; tests are not among them, since nothing of them goes into the pack. */
function sources(path: string): string[] {
  if (!existsSync(path)) return [];
  const entries = readOrFile(path);
  return entries.filter((file) => !file.endsWith(".test.ts"));
}

function readOrFile(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return [path];
    throw error;
  }
}
