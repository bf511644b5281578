import { moduleProvisionOf, provisionOf } from "../host/provision.ts";
import { PlaygroundError } from "../errors.ts";
import { classifyWasm, type WasmFacts } from "./classify-wasm.ts";
import { componentInterface, wasmKind } from "./component-sections.ts";
import type { Inspection, Producer } from "./inspection.ts";
import { readModule } from "./wasm/module.ts";

/**
 * Looks into Wasm of any kind. What the engine cannot run is inspected all the same, so far as it can be read. Rejects with
 * `component-invalid` for what is no Wasm, or is cut off.
 */
export async function inspectWasm(bytes: Uint8Array): Promise<Inspection> {
  const kind = wasmKind(bytes);
  const made = isCoreOfComponent(bytes) ? await componentOf(bytes) : undefined;
  // What runs is the component; what the file is stays a module.
  if (made instanceof Uint8Array) return { ...(await inspectWasm(made)), kind, size: bytes.length };
  const names = kind === "component" ? componentInterface(bytes) : moduleInterface(bytes);
  return {
    kind,
    size: bytes.length,
    ...(made === undefined ? handlerOf(bytes) : { fault: made.fault }),
    imports: names.imports.map(kind === "component" ? provisionOf : moduleProvisionOf),
    exports: names.exports,
    ...(await described(bytes, kind)),
  };
}

/** The component that the core of one is made into, or why it is not. */
async function componentOf(core: Uint8Array): Promise<Uint8Array | { fault: string }> {
  const { componentOfCore } = await import("./componentize.ts");
  try {
    return await componentOfCore(core);
  } catch (error) {
    if (error instanceof PlaygroundError && error.code === "component-invalid") return { fault: error.message };
    throw error;
  }
}

function isCoreOfComponent(bytes: Uint8Array): boolean {
  return factsOf(bytes).kind === "component-core";
}

/** Its text (WAT). Rejects with `component-invalid`. */
export async function printWat(bytes: Uint8Array): Promise<string> {
  wasmKind(bytes);
  const { print } = await import("@bytecodealliance/jco-transpile/wasm-tools");
  return print(bytes).catch((cause: unknown) => {
    throw new PlaygroundError("component-invalid", `It cannot be printed: ${messageOf(cause)}`, { cause });
  });
}

function handlerOf(bytes: Uint8Array): Pick<Inspection, "handler" | "fault"> {
  const facts = factsOf(bytes);
  if ("fault" in facts) return { fault: facts.fault };
  return "handler" in facts ? { handler: facts.handler } : {};
}

function factsOf(bytes: Uint8Array): WasmFacts | { kind: "refused"; fault: string } {
  try {
    return classifyWasm(bytes);
  } catch (error) {
    if (error instanceof PlaygroundError && error.code === "component-invalid") {
      return { kind: "refused", fault: error.message };
    }
    throw error;
  }
}

function moduleInterface(bytes: Uint8Array): { imports: string[]; exports: string[] } {
  const { imports, exports } = readModule(bytes);
  return { imports: [...new Set(imports.map(({ module }) => module))], exports: exports.map(({ name }) => name) };
}

/** What the tools read, which may refuse what the rest can be read of. */
async function described(
  bytes: Uint8Array,
  kind: Inspection["kind"],
): Promise<Pick<Inspection, "producers" | "wit" | "witFault">> {
  const { componentWit, metadataShow } = await import("@bytecodealliance/jco-transpile/wasm-tools");
  const producers = await metadataShow(bytes).then(
    (modules) => distinct(modules.flatMap(({ producers: fields }) => fields.flatMap(producersOf))),
    () => [],
  );
  if (kind === "module") return { producers, witFault: "A core module has no WIT." };
  try {
    return { producers, wit: await componentWit(bytes) };
  } catch (error) {
    return { producers, witFault: messageOf(error) };
  }
}

function producersOf([field, values]: [string, [string, string][]]): Producer[] {
  return values.map(([name, version]) => ({ field, name, version }));
}

function distinct(producers: readonly Producer[]): Producer[] {
  return [...new Map(producers.map((one) => [JSON.stringify(one), one])).values()];
}

/** The tools throw strings and objects that hold one. */
function messageOf(cause: unknown): string {
  if (cause instanceof Error) {
    const { payload } = cause as Error & { payload?: unknown };
    return typeof payload === "string" ? payload : cause.message;
  }
  return String(cause);
}
