import { PlaygroundError } from "../errors.ts";
import type { PrebuiltGlue } from "../protocol.ts";
import { classifyComponent } from "./classify.ts";
import { coreModules, locateMainCore } from "./component-sections.ts";
import { digestOfShell } from "./digest.ts";
import { loadGlue, storeGlue } from "./glue-cache.ts";
import { decodePreparedFile } from "./prepared-file.ts";
import type { PreparedComponent } from "./prepared.ts";
import { splitCore } from "./shell.ts";
import type { Shell } from "./shell.ts";
import type { Section } from "./wasm/module.ts";

interface PreparedGlue {
  glueUrl: string;
  /** All core modules, with the shell in place of the main one. */
  modules: Record<string, WebAssembly.Module>;
  mainModule: string | undefined;
}

/** Glue and compiled code by shell digest: a program rebuilt into the same engine costs only its image. */
const prepared = new Map<string, Promise<PreparedGlue>>();
/** Shells kept; older ones go first. Code of a 10 MB core takes tens of MB. */
const keptShells = 4;

/**
 * Makes a component ready to run. What is the same for every build of one engine (glue, compiled code) is done once and
 * kept; glue also survives a reload. Runs in a worker: compiling and transpiling take up to a second.
 *
 * Fails with `component-invalid` for bytes that are not a component which answers HTTP requests.
 */
export async function prepareComponent(
  bytes: Uint8Array<ArrayBuffer>,
  digest: string,
  prebuiltGlue: Record<string, PrebuiltGlue>,
): Promise<PreparedComponent> {
  const { handler, imports } = classifyComponent(bytes);
  const core = locateMainCore(bytes);
  const shell = core && splitCore(bytes, core.start, core.end);
  const key = shell ? await digestOfShell(bytes, core, shell.bytes) : digest;
  const { glueUrl, modules, mainModule } = await once(key, () =>
    prepareGlue(bytes, key, core, shell, prebuiltGlue[key]),
  );
  const image = shell && mainModule ? { module: mainModule, ...shell.image } : undefined;
  return { digest, glueUrl, modules, handler, imports, ...(image ? { image } : {}) };
}

/** The same for a component that was built beforehand, from its `PreparedFile`: there is nothing to split or to look for. */
export async function prepareFromFile(
  url: string,
  digest: string,
  prebuiltGlue: Record<string, PrebuiltGlue>,
): Promise<PreparedComponent> {
  const file = fetched(url).then((response) => response.arrayBuffer());
  // All of them, beside the file that says which one it is: there is one for each toolchain.
  const glues = new Map(
    Object.entries(prebuiltGlue).map(([key, prebuilt]) => [key, once(key, () => fromPrebuilt(prebuilt))]),
  );
  const { shell, handler, imports, image } = decodePreparedFile(new Uint8Array(await file));
  const glue = await glues.get(shell);
  if (!glue?.mainModule) throw new PlaygroundError("pack-unavailable", `There is no glue for ${url}.`);
  const { glueUrl, modules, mainModule } = glue;
  return { digest, glueUrl, modules, handler, imports, image: { module: mainModule, ...image } };
}

function once(key: string, make: () => Promise<PreparedGlue>): Promise<PreparedGlue> {
  let entry = prepared.get(key);
  if (!entry) {
    entry = make();
    prepared.set(key, entry);
    entry.catch(() => prepared.delete(key));
    for (const old of [...prepared.keys()].slice(0, -keptShells)) prepared.delete(old);
  }
  return entry;
}

async function prepareGlue(
  bytes: Uint8Array<ArrayBuffer>,
  key: string,
  core: Section | undefined,
  shell: Shell | undefined,
  prebuilt: PrebuiltGlue | undefined,
): Promise<PreparedGlue> {
  if (prebuilt && shell) return fromPrebuilt(prebuilt);
  let glue = await loadGlue(key);
  if (!glue) {
    // The bindings generator is 3.5 MB of Wasm: it is fetched for components that bring no glue, never otherwise.
    const { transpileComponent } = await import("./transpile.ts");
    const made = await transpileComponent(bytes, "component");
    glue = await storeGlue(key, { source: made.source, moduleNames: Object.keys(made.modules) });
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

/** The shell comes by its address like the other modules: the browser keeps compiled code of what it fetched. */
async function fromPrebuilt(prebuilt: PrebuiltGlue): Promise<PreparedGlue> {
  const modules = Object.entries(prebuilt.modules).map(async ([file, url]): Promise<[string, WebAssembly.Module]> => {
    return [file, await WebAssembly.compileStreaming(fetched(url))];
  });
  return {
    glueUrl: prebuilt.glue,
    modules: Object.fromEntries(await Promise.all(modules)),
    mainModule: prebuilt.main,
  };
}

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url);
  if (response.ok) return response;
  throw new PlaygroundError("pack-unavailable", `${url} could not be fetched (status ${response.status}).`);
}
