import { bundle } from "./bundle.ts";
import type { EsbuildBuild } from "./bundle.ts";
import { initialise } from "./initialise.ts";
import type { InitialisationFault } from "./initialise.ts";
import type { Program } from "./program.ts";
import { refuseRandomness } from "./refuse-host-calls.ts";
import type { SourceTree } from "./source-tree.ts";
import type { Template } from "./template.ts";

const preludePath = "node_modules/.spin-playground/refuse.js";

/**
 * A host call stops the engine without a word about the place. So the program is run again with every way to the host
 * replaced by one that throws, and what the engine writes about that error has a place.
 *
 * @returns The fault as it is known best, with the source map of the bundle that it happened in.
 */
export async function locateHostCall(
  { esbuild, template }: { esbuild: EsbuildBuild; template: Template },
  program: Program,
  fault: InitialisationFault,
): Promise<{ fault: InitialisationFault; sourceMap: string }> {
  const asItWas = { fault, sourceMap: program.sourceMap };
  if (fault.hostCall === undefined) return asItWas;
  const { entry, tree: sources, aliases } = program.options;
  const contents = typeof entry === "string" ? `import ${JSON.stringify(`./${entry}`)};` : entry.contents;
  const tree: SourceTree = {
    has: (path) => path === preludePath || sources.has(path),
    read: (path) => (path === preludePath ? refuseRandomness : sources.read(path)),
  };
  const refusing = await bundle(esbuild, {
    ...program.options,
    tree,
    aliases: { ...aliases, [preludePath]: preludePath },
    entry: { contents: `import "${preludePath}";\n${contents}` },
    refuseHostCalls: true,
  });
  if (!refusing.ok) return asItWas;
  const again = initialise(template, refusing.code);
  // A program that catches the error runs on to its end; what was printed has the place all the same.
  return {
    fault: "fault" in again ? again.fault : { ...fault, output: again.output },
    sourceMap: refusing.sourceMap,
  };
}
