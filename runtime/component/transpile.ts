import { $init, generate } from "@bytecodealliance/jco-transpile/component";
import { importMap, isAsyncHandler, suspendingExports, suspendingImports } from "../host/wit-facts.ts";
import { PlaygroundError } from "../errors.ts";
import { asyncGlue } from "./async-glue.ts";
import { componentInterface } from "./component-sections.ts";
import { checkNames } from "./safe-names.ts";
import { slimGlue } from "./slim-glue.ts";

export interface Glue {
  /** An ES module that exports `instantiate(getCoreModule, imports, instantiateCore)`. */
  source: string;
  /** Core modules by the file name that `getCoreModule` is asked for, in the order of the component. */
  modules: Record<string, Uint8Array<ArrayBuffer>>;
}

/**
 * The glue that the engine runs: `generateGlue` without what guests of WASI 0.2 have no use for, or with timers for those of
 * 0.3. Fails as that does.
 */
export async function transpileComponent(component: Uint8Array, name: string): Promise<Glue> {
  const { source, modules } = await generateGlue(component, name);
  if (!isAsync(component)) return { source: slimGlue(source) ?? source, modules };
  const rewritten = asyncGlue(source);
  if (rewritten === undefined) throw new PlaygroundError("internal", "The glue for WASI 0.3 has an unknown shape.");
  return { source: rewritten, modules };
}

function isAsync(component: Uint8Array): boolean {
  return componentInterface(component).exports.some(isAsyncHandler);
}

/**
 * Generates the glue of a component, whole. Host functions that may wait suspend the guest by JSPI; which those are comes from
 * the table of WIT facts, with the versions the component itself imports. The import keys carry the compatibility track
 * (`wasi:io/poll@0.2`), so that one host interface serves every 0.2.x and 0.3 fits beside it.
 *
 * Fails with `component-invalid` when a name in the component must not get into the text, or the bindings generator refuses it.
 *
 * @param name of the files that are made: it gets into the text, so it is never out of the component
 */
export async function generateGlue(component: Uint8Array, name: string): Promise<Glue> {
  checkNames(component);
  await $init;
  const { imports, exports } = componentInterface(component);
  try {
    const { files } = generate(component, {
      name,
      instantiation: { tag: "async" },
      asyncMode: {
        tag: "jspi",
        val: { imports: suspendingImports(imports), exports: suspendingExports(exports) },
      },
      map: importMap(imports),
      base64Cutoff: 0,
      noNodejsCompat: true,
      noTypescript: true,
    });
    const glue = files.find(([file]) => file === `${name}.js`);
    if (!glue) throw new PlaygroundError("internal", "The bindings generator made no glue module.");
    const modules = files.filter(([file]) => file.endsWith(".wasm"));
    return {
      source: new TextDecoder().decode(glue[1]),
      modules: Object.fromEntries(modules.map(([file, bytes]) => [file, Uint8Array.from(bytes)])),
    };
  } catch (cause) {
    if (cause instanceof PlaygroundError) throw cause;
    throw new PlaygroundError("component-invalid", `No glue could be made for this component: ${String(cause)}`, {
      cause,
    });
  }
}
