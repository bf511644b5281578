import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild-wasm";
import { classifyComponent } from "../../../runtime/component/classify.ts";
import { locateMainCore } from "../../../runtime/component/component-sections.ts";
import { digestOf, digestOfShell } from "../../../runtime/component/digest.ts";
import { encodePreparedFile } from "../../../runtime/component/prepared-file.ts";
import { splitCore } from "../../../runtime/component/shell.ts";
import { invariant } from "../../../runtime/errors.ts";
import { bake } from "../worker/bake.ts";
import { buildSnapshot } from "../worker/build.ts";
import type { BuildTools } from "../worker/build.ts";
import { encodeSnapshot } from "../worker/snapshot.ts";
import type { PackWriter } from "./pack-writer.ts";

export interface Prebuilt {
  digest: string;
  /** Name of the snapshot among the pack's files: of it, and of the template, the component is baked. */
  file: string;
  /** Name of the same state as the engine takes it (`PreparedFile`). */
  prepared: string;
  /** Its main core module without state. */
  shell: { digest: string; bytes: Uint8Array };
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
    const { shell, preparedFile } = await prepare(component);
    const prepared = `${id}.prepared.bin`;
    writer.add(prepared, preparedFile);
    prebuilt[id] = { digest: await digestOf(component), file, prepared, shell };
  }
  return prebuilt;
}

/** What the engine would do at the first start, done beforehand. */
async function prepare(component: Uint8Array<ArrayBuffer>) {
  const { handler, imports } = classifyComponent(component);
  const core = locateMainCore(component);
  const split = core && splitCore(component, core.start, core.end);
  invariant(core !== undefined && split !== undefined, "A built component cannot be split into shell and image.");
  const digest = await digestOfShell(component, core, split.bytes);
  const preparedFile = encodePreparedFile({ shell: digest, handler, imports, image: split.image });
  return { shell: { digest, bytes: split.bytes }, preparedFile };
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
