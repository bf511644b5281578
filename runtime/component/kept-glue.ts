/** What is the same for every build of one engine: the glue, and the compiled core modules. */
export interface PreparedGlue {
  glueUrl: string;
  /** All core modules, with the shell in place of the main one. */
  modules: Record<string, WebAssembly.Module>;
  mainModule: string | undefined;
}

/** By shell digest: a program rebuilt into the same engine costs only its image. */
const kept = new Map<string, Promise<PreparedGlue>>();
/** Shells kept; older ones go first. Code of a 10 MB core takes tens of MB. */
const keptShells = 4;

/** The glue of a shell, made at most once in this worker. A failure is not kept. */
export function keptGlue(shell: string, make: () => Promise<PreparedGlue>): Promise<PreparedGlue> {
  let entry = kept.get(shell);
  if (!entry) {
    entry = make();
    kept.set(shell, entry);
    entry.catch(() => kept.delete(shell));
    for (const old of [...kept.keys()].slice(0, -keptShells)) kept.delete(old);
  }
  return entry;
}
