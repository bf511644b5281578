import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { externalKind, readModule, sectionId } from "../../../runtime/component/wasm/module.ts";
import { WasmReader } from "../../../runtime/component/wasm/reader.ts";
import { concatenate, name, section, unsigned } from "../../../runtime/component/wasm/writer.ts";
import type { Piece } from "../../../runtime/component/wasm/writer.ts";
import { sourceName, templateExports, templateGlobal } from "../template-metadata.ts";
import type { TemplateMetadata } from "../template-metadata.ts";
import { worldName } from "./wit.ts";

/** All features of the engine; `fetch-event` is what lets a script answer with `addEventListener("fetch", …)`. */
const features = ["stdio", "random", "clocks", "http", "fetch-event"];

interface CoreFunction {
  paramptr: boolean;
  params: string[];
  retptr: boolean;
  ret?: string;
  retsize: number;
}

/** What componentize-js' splicer gives: the engine with the world's imports and exports, and how to describe them to it. */
interface Spliced {
  wasm: Uint8Array;
  jsBindings: string;
  exports: [name: string, shape: CoreFunction][];
  imports: [specifier: string, name: string, argumentCount: number][];
}

interface Splicer {
  spliceBindings(
    engine: Uint8Array,
    features: string[],
    wit: string,
    witPath: undefined,
    world: string,
    debug: boolean,
  ): Spliced;
}

interface WasmTools {
  componentNew(core: Uint8Array, adapters: [string, Uint8Array][]): Uint8Array;
}

/** Makes the template component: engine and world joined into a component, its initialisers not yet called. */
export async function makeTemplate(
  nodeModules: string,
  wit: string,
): Promise<{ component: Uint8Array; metadata: TemplateMetadata }> {
  // Neither package exports these files; they are how both build components without native tools.
  const vendor = (path: string) => import(pathToFileURL(join(nodeModules, "@bytecodealliance", path)).href);
  const { splicer } = (await vendor("componentize-js/lib/spidermonkey-embedding-splicer.js")) as { splicer: Splicer };
  const { $init, tools } = (await vendor("jco-transpile/vendor/wasm-tools.js")) as {
    $init: Promise<void>;
    tools: WasmTools;
  };
  await $init;

  const read = (path: string) => readFileSync(join(nodeModules, "@bytecodealliance", path));
  const engine = read("componentize-js/lib/starlingmonkey_embedding.wasm");
  const spliced = splicer.spliceBindings(engine, features, wit, undefined, worldName, false);
  const adapter = read("jco/lib/wasi_snapshot_preview1.reactor.wasm");
  const component = tools.componentNew(openInitialisers(spliced.wasm), [["wasi_snapshot_preview1", adapter]]);
  const imports = [...new Set(spliced.imports.map(([specifier]) => specifier))].sort();
  return {
    component,
    metadata: { initializer: spliced.jsBindings, environment: initialEnvironment(spliced), imports },
  };
}

/**
 * Renames the engine's initialisers, so that the tab can call them and nothing else does, exports its mutable globals,
 * and drops the names of its functions.
 */
function openInitialisers(core: Uint8Array): Uint8Array {
  const info = readModule(core);
  const rename: Record<string, string> = {
    _initialize: templateExports.initialize,
    "componentize.wizer": templateExports.main,
  };
  const exports: Piece[][] = info.exports.map((entry) => [
    name(rename[entry.name] ?? entry.name),
    entry.kind,
    unsigned(entry.index),
  ]);
  info.globals.forEach((global, index) => {
    if (!global.mutable) return;
    exports.push([name(templateGlobal(index)), externalKind.global, unsigned(index + info.importedGlobals)]);
  });
  const pieces: Piece[] = [core.subarray(0, 8)];
  for (const part of info.sections) {
    if (part.id === sectionId.custom && new WasmReader(core, part.start, part.end).name() === "name") continue;
    if (part.id === sectionId.export) {
      pieces.push(...section(sectionId.export, [unsigned(exports.length), ...exports.flat()]));
    } else pieces.push(core.subarray(part.header, part.end));
  }
  return concatenate(pieces);
}

/** The engine reads its imports and exports from these variables when it initialises (as componentize-js gives them). */
function initialEnvironment({ exports, imports }: Spliced): Record<string, string> {
  const environment: Record<string, string> = {
    DEBUG: "",
    SOURCE_NAME: sourceName,
    FEATURE_CLOCKS: "1",
    EXPORT_CNT: String(exports.length),
    IMPORT_CNT: String(imports.length),
  };
  exports.forEach(([exportName, shape], index) => {
    environment[`EXPORT${index}_NAME`] = exportName;
    environment[`EXPORT${index}_ARGS`] = (shape.paramptr ? "*" : "") + shape.params.join(",");
    environment[`EXPORT${index}_RET`] = (shape.retptr ? "*" : "") + (shape.ret ?? "");
    environment[`EXPORT${index}_RETSIZE`] = String(shape.retsize);
  });
  imports.forEach(([, importName, argumentCount], index) => {
    environment[`IMPORT${index}_NAME`] = importName;
    environment[`IMPORT${index}_ARGCNT`] = String(argumentCount);
  });
  return environment;
}
