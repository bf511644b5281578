import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild-wasm";
import { digestOf } from "../../../runtime/component/digest.ts";
import { bake } from "../worker/bake.ts";
import { buildSnapshot } from "../worker/build.ts";
import type { BuildTools } from "../worker/build.ts";
import { encodeSnapshot } from "../worker/snapshot.ts";
import type { PackWriter } from "./pack-writer.ts";

export interface Prebuilt {
  component: Uint8Array<ArrayBuffer>;
  digest: string;
  /** Name of the snapshot among the pack's files. */
  file: string;
}

/** Builds every template, so that a sample runs in the tab without a build. A template that fails fails the pack. */
export async function prebuildTemplates(
  templates: string,
  tools: Omit<BuildTools, "esbuild">,
  writer: PackWriter,
): Promise<Record<string, Prebuilt>> {
  const prebuilt: Record<string, Prebuilt> = {};
  for (const id of templateIds(templates)) {
    const files = readFiles(join(templates, id));
    const request = {
      componentId: id,
      command: "npm install && npm run build",
      workdir: "",
      output: `dist/${id}.wasm`,
      files,
    };
    const result = await buildSnapshot({ ...tools, esbuild: build }, request);
    if (!result.ok) throw new Error(`The template ${id} does not build: ${JSON.stringify(result.diagnostics)}`);
    const component = bake(tools.template, result.snapshot);
    const file = `${id}.snapshot.bin`;
    writer.add(file, encodeSnapshot(result.snapshot, result.sourceMap));
    prebuilt[id] = { component, digest: await digestOf(component), file };
  }
  return prebuilt;
}

function templateIds(templates: string): string[] {
  return readdirSync(templates, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function readFiles(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(folder.length + 1).replaceAll("\\", "/")] = readFileSync(path, "utf8");
  }
  return files;
}
