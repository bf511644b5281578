import { PlaygroundError } from "../errors.ts";
import { externalName, skipExternalType, skipSortIndex } from "./external-name.ts";
import { readModule, readSections } from "./wasm/module.ts";
import type { Section } from "./wasm/module.ts";
import { WasmReader } from "./wasm/reader.ts";

/** Section ids of the component binary format (component model, `Binary.md`). */
const componentSection = { coreModule: 1, import: 10, export: 11 } as const;

export type WasmKind = "component" | "module";

/** Tells a component from a core module by the preamble. Fails with `component-invalid` for anything else. */
export function wasmKind(bytes: Uint8Array): WasmKind {
  const [a, b, c, d, version, , layer] = bytes;
  const magic = a === 0 && b === 0x61 && c === 0x73 && d === 0x6d && bytes.length >= 8;
  if (magic && layer === 1) return "component";
  if (magic && layer === 0 && version === 1) return "module";
  const found = bytes.length === 0 ? "an empty file" : "something else";
  throw new PlaygroundError(
    "component-invalid",
    `This is not a WebAssembly file: it should start with "\\0asm", but it is ${found}.`,
  );
}

/** The core modules of a component, in order: the n-th is the n-th core module file of the generated glue. */
export function coreModules(component: Uint8Array): Section[] {
  return readSections(component).filter((part) => part.id === componentSection.coreModule);
}

/** The core module that holds the program: the first one with a memory of its own. */
export function locateMainCore(component: Uint8Array): Section | undefined {
  return coreModules(component).find((part) => readModule(component, part.start, part.end).memories.length > 0);
}

/** Names of what a component imports and exports, e.g. `wasi:io/poll@0.2.10`. */
export function componentInterface(component: Uint8Array): { imports: string[]; exports: string[] } {
  const imports: string[] = [];
  const exports: string[] = [];
  for (const part of readSections(component)) {
    const reader = new WasmReader(component, part.start, part.end);
    if (part.id === componentSection.import) {
      for (let left = reader.u32(); left > 0; left--) {
        imports.push(externalName(reader));
        skipExternalType(reader);
      }
    } else if (part.id === componentSection.export) {
      for (let left = reader.u32(); left > 0; left--) {
        exports.push(externalName(reader));
        skipSortIndex(reader);
        if (reader.byte() === 1) skipExternalType(reader);
      }
    }
  }
  return { imports, exports };
}
