import { readFile } from "node:fs/promises";
import { build } from "esbuild-wasm";
import { packFiles, type TextTree } from "../pack-manifest.ts";
import type { TemplateMetadata } from "../template-metadata.ts";
import type { BuildTools } from "../worker/build.ts";
import { PackLoader } from "../worker/pack-loader.ts";
import { openTemplate } from "../worker/template.ts";

const folder = new URL("../../../public/packs/javascript/", import.meta.url);

/** The pack that `npm run build` made, read from disk by the code that fetches it in a tab. */
export const pack = new PackLoader("https://pack.test/", {
  fetchFile: async (input) => {
    const name = new URL(input as string).href.slice("https://pack.test/".length);
    return new Response(await readFile(new URL(name, folder)));
  },
});

/** What the build worker builds with, made of the real pack. */
export async function packTools(): Promise<BuildTools> {
  const [component, metadata, vendored, { packages }] = await Promise.all([
    pack.bytes(packFiles.template),
    pack.json<TemplateMetadata>(packFiles.metadata),
    pack.json<TextTree>(packFiles.packages),
    pack.manifest(),
  ]);
  return { esbuild: build, template: await openTemplate(component, metadata), vendored, packages };
}
