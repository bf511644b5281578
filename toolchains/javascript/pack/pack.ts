/**
 * Makes the JavaScript pack below `public/packs/javascript/`: the template component, its glue, the packages that guest
 * code can import, and the templates built beforehand. Run with `tsx`; does nothing when its inputs are unchanged.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild-wasm";
import { transpileComponent } from "../../../runtime/component/transpile.ts";
import { coreModules, locateMainCore } from "../../../runtime/component/component-sections.ts";
import { invariant } from "../../../runtime/errors.ts";
import { packFiles } from "../pack-manifest.ts";
import type { PackManifest } from "../pack-manifest.ts";
import { openTemplate } from "../worker/template.ts";
import { PackWriter } from "./pack-writer.ts";
import { prebuildTemplates } from "./prebuilt.ts";
import type { Prebuilt } from "./prebuilt.ts";
import { inputStamp } from "./stamp.ts";
import { makeTemplate } from "./template.ts";
import { typeDeclarations } from "./types.ts";
import { vendoredPackages } from "./vendored.ts";
import { supersetWorld } from "./wit.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = join(root, "public/packs/javascript");
const nodeModules = join(root, "node_modules");
const guest = join(root, "toolchains/javascript/guest");
const stampFile = join(folder, "stamp");

async function makePack(): Promise<void> {
  const writer = new PackWriter(folder);
  const { component, metadata } = await makeTemplate(nodeModules, supersetWorld(nodeModules));
  // The engine looks up functions of this script by their names: those must stay.
  metadata.initializer = await minify(metadata.initializer, { minifyIdentifiers: false });
  writer.add(packFiles.template, component);
  writer.add(packFiles.metadata, JSON.stringify(metadata));
  const { glue, mainName } = await writeGlue(component, writer);

  const { tree, versions } = await vendoredPackages(nodeModules, guest);
  writer.add(packFiles.packages, JSON.stringify(tree));
  writer.add(packFiles.types, JSON.stringify(typeDeclarations(nodeModules, guest, folder)), { plainName: true });
  writer.add(packFiles.esbuild, readFileSync(join(nodeModules, "esbuild-wasm/esbuild.wasm")));

  const template = await openTemplate(Uint8Array.from(component), metadata);
  const tools = { template, vendored: tree, packages: versions };
  const prebuilt = await prebuildTemplates(join(root, "templates"), tools, writer);
  const { digest: shell, bytes } = await commonShell(prebuilt);
  writer.add("template.shell.wasm", bytes);
  glue.modules[mainName] = "template.shell.wasm";
  writer.finish({
    format: 1,
    shellDigest: shell,
    glue,
    prebuilt: Object.fromEntries(
      Object.entries(prebuilt).map(([id, { file, prepared, digest }]) => [id, { file, prepared, digest }]),
    ),
    versions: engineVersions(),
    packages: versions,
  });
}

/** One glue serves every component of this pack. Its main module, the shell, is known once a program has been built. */
async function writeGlue(
  component: Uint8Array,
  writer: PackWriter,
): Promise<{ glue: PackManifest["glue"]; mainName: string }> {
  const glue = await transpileComponent(component, "template");
  writer.add("template.js", await minify(glue.source));
  const main = locateMainCore(component);
  const mainIndex = coreModules(component).findIndex((part) => part.start === main?.start);
  const names = Object.keys(glue.modules);
  const mainName = names[mainIndex];
  invariant(mainName !== undefined && names.length === coreModules(component).length, "The glue lacks a core module.");
  const modules: Record<string, string> = {};
  for (const [name, bytes] of Object.entries(glue.modules)) {
    if (name === mainName) continue;
    writer.add(name, bytes);
    modules[name] = name;
  }
  return { glue: { file: "template.js", main: mainName, modules }, mainName };
}

async function minify(code: string, { minifyIdentifiers = true } = {}): Promise<string> {
  const options = { minifyWhitespace: true, minifySyntax: true, minifyIdentifiers } as const;
  return (await transform(code, { ...options, format: "esm", target: "esnext", legalComments: "none" })).code;
}

/** All components of the pack must share one shell, or the glue would not be found for some. */
async function commonShell(prebuilt: Record<string, Prebuilt>): Promise<{ digest: string; bytes: Uint8Array }> {
  const shells = new Map(Object.values(prebuilt).map(({ shell }) => [shell.digest, shell.bytes]));
  const [shell, ...others] = shells;
  invariant(shell !== undefined && others.length === 0, "Components of the pack differ in more than their state.");
  return { digest: shell[0], bytes: shell[1] };
}

function engineVersions(): Record<string, string> {
  const names = ["@bytecodealliance/componentize-js", "@bytecodealliance/jco-transpile", "esbuild-wasm"];
  return Object.fromEntries(
    names.map((name) => {
      const text = readFileSync(join(nodeModules, name, "package.json"), "utf8");
      return [name, (JSON.parse(text) as { version: string }).version];
    }),
  );
}

const stamp = inputStamp(root);
const current =
  existsSync(stampFile) && existsSync(join(folder, "manifest.json")) && readFileSync(stampFile, "utf8") === stamp;
if (!current) {
  await makePack();
  writeFileSync(stampFile, stamp);
}
