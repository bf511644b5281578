import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild-wasm";
import { makeTemplate } from "../../toolchains/javascript/pack/template.ts";
import { supersetWorld } from "../../toolchains/javascript/pack/wit.ts";
import { bake } from "../../toolchains/javascript/worker/bake.ts";
import { buildSnapshot } from "../../toolchains/javascript/worker/build.ts";
import { openTemplate } from "../../toolchains/javascript/worker/template.ts";
import { postgresPackages } from "./postgres-wit.ts";

const root = join(import.meta.dirname, "../..");

/**
 * A component of a project in JavaScript whose world has `spin:postgres` beside what the toolchain of the tab offers, as
 * components made elsewhere may have it. It takes some seconds, and has no packages.
 *
 * @param files of the project, by path
 */
export async function buildWithPostgres(
  version: keyof typeof postgresPackages,
  files: Record<string, string>,
): Promise<Uint8Array> {
  const nodeModules = join(root, "node_modules");
  const world = supersetWorld(nodeModules).replace(
    "  export ",
    `  import spin:postgres/postgres@${version};\n  export `,
  );
  const { component, metadata } = await makeTemplate(nodeModules, `${world}\n${postgresPackages[version]}`);
  const template = await openTemplate(Uint8Array.from(component), metadata);
  const result = await buildSnapshot(
    { esbuild: build, template, vendored: {}, packages: {} },
    {
      componentId: "main",
      command: "npm run build",
      workdir: "",
      output: "dist/main.wasm",
      files,
    },
  );
  if (!result.ok) throw new Error(`The guest does not build: ${JSON.stringify(result.diagnostics)}`);
  return bake(template, result.snapshot);
}

/** The sources of a project's folder, as `buildWithPostgres` takes them. */
export function readSources(folder: string): Record<string, string> {
  return Object.fromEntries(
    ["package.json", "src/index.ts"].map((path) => [path, readFileSync(join(folder, path), "utf8")]),
  );
}
