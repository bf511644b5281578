import { classifyComponent, type ComponentFacts } from "./classify.ts";
import { classifyModule, type ModuleFacts } from "./classify-module.ts";
import { wasmKind } from "./component-sections.ts";

export type WasmFacts = ({ kind: "component" } & ComponentFacts) | ModuleFacts;

/**
 * Finds out what any bytes are to Spin: a component and the handler that it exports, a module of Spin 1.0, a command, or the
 * core of a component. Takes time in proportion to the file. Fails with `component-invalid` for everything else.
 */
export function classifyWasm(bytes: Uint8Array): WasmFacts {
  if (wasmKind(bytes) === "module") return classifyModule(bytes);
  return { kind: "component", ...classifyComponent(bytes) };
}
