import { PlaygroundError } from "../errors.ts";
import type { PrebuiltGlue } from "../protocol.ts";
import { classifyComponent, type ComponentFacts } from "./classify.ts";
import { classifyWasm } from "./classify-wasm.ts";
import { coreModules, locateMainCore } from "./component-sections.ts";
import { digestOfShell } from "./digest.ts";
import { loadGlue, storeGlue } from "./glue-cache.ts";
import { keptGlue, type PreparedGlue } from "./kept-glue.ts";
import { keptPrebuiltGlue } from "./prebuilt.ts";
import { prepareModule } from "./prepare-module.ts";
import type { PreparedComponent } from "./prepared.ts";
import { splitCore } from "./shell.ts";
import type { Shell } from "./shell.ts";
import { transpileApart } from "./transpile-apart.ts";
import type { Section } from "./wasm/module.ts";

/**
 * Makes a component, a module of Spin 1.0 or a command ready to run; of the core of a component, the component that is made of
 * it each time. What is the same for every build of one engine (glue, compiled code) is done once and kept; glue also survives
 * a reload. Runs in a worker: compiling and transpiling take up to a second.
 *
 * Fails with `component-invalid` for bytes that are nothing which answers HTTP requests.
 */
export async function prepareComponent(
  bytes: Uint8Array<ArrayBuffer>,
  digest: string,
  prebuiltGlue: Record<string, PrebuiltGlue>,
): Promise<PreparedComponent> {
  const facts = classifyWasm(bytes);
  if (facts.kind === "component-core") {
    const { componentOfCore } = await import("./componentize.ts");
    const component = await componentOfCore(bytes);
    return prepareClassified(component, digest, prebuiltGlue, classifyComponent(component));
  }
  if (facts.kind !== "component") return prepareModule(bytes, digest, facts);
  return prepareClassified(bytes, digest, prebuiltGlue, facts);
}

async function prepareClassified(
  bytes: Uint8Array<ArrayBuffer>,
  digest: string,
  prebuiltGlue: Record<string, PrebuiltGlue>,
  { handler, imports }: ComponentFacts,
): Promise<PreparedComponent> {
  const core = locateMainCore(bytes);
  const shell = core && splitCore(bytes, core.start, core.end);
  const key = shell ? await digestOfShell(bytes, core, shell.bytes) : digest;
  const prebuilt = shell && prebuiltGlue[key];
  const { glueUrl, modules, mainModule } = await (prebuilt
    ? keptPrebuiltGlue(key, prebuilt)
    : keptGlue(key, () => makeGlue(bytes, key, core, shell)));
  const image = shell && mainModule ? { module: mainModule, ...shell.image } : undefined;
  return { digest, glueUrl, modules, handler, imports, ...(image ? { image } : {}) };
}

async function makeGlue(
  bytes: Uint8Array<ArrayBuffer>,
  key: string,
  core: Section | undefined,
  shell: Shell | undefined,
): Promise<PreparedGlue> {
  let glue = await loadGlue(key);
  if (!glue) {
    glue = await storeGlue(key, await transpileApart(bytes));
  }
  const sections = coreModules(bytes);
  if (sections.length !== glue.moduleNames.length) {
    throw new PlaygroundError(
      "component-invalid",
      "The component nests other components; the engine does not run those yet.",
    );
  }
  let mainModule: string | undefined;
  const compiled = sections.map(async (section, index): Promise<[string, WebAssembly.Module]> => {
    const file = glue.moduleNames[index] ?? "";
    if (shell && section.start === core?.start) {
      mainModule = file;
      return [file, await WebAssembly.compile(shell.bytes)];
    }
    return [file, await WebAssembly.compile(bytes.slice(section.start, section.end))];
  });
  return { glueUrl: glue.url, modules: Object.fromEntries(await Promise.all(compiled)), mainModule };
}
