import { PlaygroundError } from "../errors.ts";
import { wasmKind } from "./component-sections.ts";
import { skipExternalType, skipSortIndex } from "./external-name.ts";
import { readAlias, readTypeNames, repeat, visitExternalName } from "./type-names.ts";
import { readModule, readSections } from "./wasm/module.ts";
import type { Section } from "./wasm/module.ts";
import { WasmReader } from "./wasm/reader.ts";

/**
 * What grammar a name has: that of imports and exports of the component model, that of labels (fields, cases, parameters),
 * or none, as in core modules.
 */
export type NameKind = "external" | "label" | "core";
export type NameVisitor = (kind: NameKind, name: string) => void;

/** Components within components; real ones go two deep. */
const deepest = 50;

/**
 * Tells every name of a component that a bindings generator can read: of imports, exports, arguments, aliases and types, at all
 * levels, and of imports and exports of its core modules. Takes time in proportion to the sections other than code and
 * data. Fails with `component-invalid` where something cannot be read to its end.
 */
export function visitNames(component: Uint8Array, visit: NameVisitor, depth = 0): void {
  if (depth > deepest) throw invalid(`nests components more than ${deepest} deep`);
  if (wasmKind(component) !== "component") throw invalid("has a core module where a component should be");
  for (const section of readSections(component)) readSection(component, section, visit, depth);
}

function readSection(bytes: Uint8Array, { id, start, end }: Section, visit: NameVisitor, depth: number): void {
  // Custom sections are not for the generator, and canonical definitions have no names.
  if (id === 0 || id === 8) return;
  if (id === 1) return visitModule(bytes.subarray(start, end), visit);
  if (id === 4) return visitNames(bytes.subarray(start, end), visit, depth + 1);
  const read = vectors[id];
  if (!read) throw invalid(`has a section of a kind that is not known here (${id})`);
  const reader = new WasmReader(bytes, start, end);
  repeat(reader, () => read(reader, visit));
  if (!reader.done) throw invalid(`has a section (${id}) that does not end where it should`);
}

/** By section id, how an element is read. Core types (3), start (9) and values (12) are in no component that we can run. */
const vectors: Readonly<Record<number, (reader: WasmReader, visit: NameVisitor) => void>> = {
  2: readCoreInstance,
  5: readInstance,
  6: readAlias,
  7: readTypeNames,
  10(reader, visit) {
    visitExternalName(reader, visit);
    skipExternalType(reader);
  },
  11(reader, visit) {
    visitExternalName(reader, visit);
    skipSortIndex(reader);
    if (reader.byte() === 1) skipExternalType(reader);
  },
};

/** A core module made an instance with arguments, or a bag of exports. */
function readCoreInstance(reader: WasmReader, visit: NameVisitor): void {
  if (isInstantiation(reader)) reader.u32();
  repeat(reader, () => {
    visit("core", reader.name());
    reader.byte();
    reader.u32();
  });
}

function readInstance(reader: WasmReader, visit: NameVisitor): void {
  const instantiates = isInstantiation(reader);
  if (instantiates) reader.u32();
  repeat(reader, () => {
    if (instantiates) visit("external", reader.name());
    else visitExternalName(reader, visit);
    skipSortIndex(reader);
  });
}

function isInstantiation(reader: WasmReader): boolean {
  const form = reader.byte();
  if (form > 1) throw invalid("has an instance of an unknown form");
  return form === 0;
}

function visitModule(bytes: Uint8Array, visit: NameVisitor): void {
  if (wasmKind(bytes) !== "module") throw invalid("has a component where a core module should be");
  const { imports, exports } = readModule(bytes);
  for (const { module, name } of imports) {
    visit("core", module);
    visit("core", name);
  }
  for (const { name } of exports) visit("core", name);
}

function invalid(what: string): PlaygroundError {
  return new PlaygroundError("component-invalid", `The component ${what}.`);
}
