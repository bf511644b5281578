import { PlaygroundError } from "../errors.ts";
import type { PrebuiltComponent, PrebuiltGlue } from "../protocol.ts";
import { keptGlue, type PreparedGlue } from "./kept-glue.ts";
import { decodePreparedFile } from "./prepared-file.ts";
import type { PreparedComponent } from "./prepared.ts";

/**
 * Loads a component that was built beforehand, from its `PreparedFile`: there is nothing to split or to look for.
 *
 * Rejects with `pack-unavailable` when a file of it cannot be had.
 */
export async function loadPrebuilt({ digest, prepared, glues }: PrebuiltComponent): Promise<PreparedComponent> {
  const file = fetched(prepared).then((response) => response.arrayBuffer());
  // All of them, beside the file that says which one it is: there is one for each toolchain.
  const loading = new Map(Object.entries(glues).map(([shell, glue]) => [shell, keptPrebuiltGlue(shell, glue)]));
  const { shell, handler, imports, image } = decodePreparedFile(new Uint8Array(await file));
  const glue = await loading.get(shell);
  if (!glue?.mainModule) throw new PlaygroundError("pack-unavailable", `There is no glue for ${prepared}.`);
  const { glueUrl, modules, mainModule } = glue;
  return { digest, glueUrl, modules, handler, imports, image: { module: mainModule, ...image } };
}

/** Glue that was generated at build time, with its compiled modules. Rejects as `loadPrebuilt` does. */
export function keptPrebuiltGlue(shell: string, prebuilt: PrebuiltGlue): Promise<PreparedGlue> {
  return keptGlue(shell, () => compiled(prebuilt));
}

/** The shell comes by its address like the other modules: the browser keeps compiled code of what it fetched. */
async function compiled({ glue, main, modules }: PrebuiltGlue): Promise<PreparedGlue> {
  const compiling = Object.entries(modules).map(async ([file, url]): Promise<[string, WebAssembly.Module]> => {
    return [file, await WebAssembly.compileStreaming(fetched(url))];
  });
  return { glueUrl: glue, modules: Object.fromEntries(await Promise.all(compiling)), mainModule: main };
}

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url);
  if (response.ok) return response;
  throw new PlaygroundError("pack-unavailable", `${url} could not be fetched (status ${response.status}).`);
}
