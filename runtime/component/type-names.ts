import { PlaygroundError } from "../errors.ts";
import { externalName, skipExternalType, skipSort } from "./external-name.ts";
import type { NameVisitor } from "./component-names.ts";
import type { WasmReader } from "./wasm/reader.ts";

/** Types within types; real ones go two deep. */
const deepest = 50;

/**
 * Reads one `deftype` (component model, `Binary.md`) and tells every name in it: of fields, cases, flags, parameters, and of
 * what instance and component types import and export. Fails with `component-invalid` for a form that is not known here:
 * what lies behind it could not be read.
 */
export function readTypeNames(reader: WasmReader, visit: NameVisitor, depth = 0): void {
  if (depth > deepest) throw invalid(`nests types more than ${deepest} deep`);
  const form = reader.byte();
  if (form === 0x40 || form === 0x43) readFunction(reader, visit);
  else if (form === 0x41 || form === 0x42) repeat(reader, () => readDeclaration(reader, visit, depth));
  else if (form === 0x3f) {
    reader.byte();
    optional(reader, () => reader.u32());
  } else readDefinedType(reader, form, visit);
}

function readFunction(reader: WasmReader, visit: NameVisitor): void {
  repeat(reader, () => {
    visit("label", reader.name());
    skipValueType(reader);
  });
  const results = reader.byte();
  if (results === 0) skipValueType(reader);
  else if (results !== 1 || reader.byte() !== 0) throw invalid("has a function with an unknown form of result");
}

/** `instancedecl` and `componentdecl`. */
function readDeclaration(reader: WasmReader, visit: NameVisitor, depth: number): void {
  const form = reader.byte();
  if (form === 0x01) readTypeNames(reader, visit, depth + 1);
  else if (form === 0x02) readAlias(reader, visit);
  else if (form === 0x03 || form === 0x04) {
    visitExternalName(reader, visit);
    skipExternalType(reader);
  } else throw invalid(`has a type with an unknown declaration (0x${form.toString(16)})`);
}

/** The name of an import or export, and what comes with it (a version's end, an interface that it stands for). */
export function visitExternalName(reader: WasmReader, visit: NameVisitor): void {
  visit(
    "external",
    externalName(reader, (text) => visit("core", text)),
  );
}

/** `alias`: of an export of an instance, of a core instance, or of something of an outer component. */
export function readAlias(reader: WasmReader, visit: NameVisitor): void {
  skipSort(reader);
  const target = reader.byte();
  reader.u32();
  if (target === 0x00) visit("external", reader.name());
  else if (target === 0x01) visit("core", reader.name());
  else if (target === 0x02) reader.u32();
  else throw invalid("has an unknown form of alias");
}

function readDefinedType(reader: WasmReader, form: number, visit: NameVisitor): void {
  const label = (): void => visit("label", reader.name());
  const value = (): void => skipValueType(reader);
  if (isPrimitive(form)) return;
  if (form === 0x72) {
    repeat(reader, () => {
      label();
      value();
    });
  } else if (form === 0x71) {
    repeat(reader, () => {
      label();
      optional(reader, value);
      optional(reader, () => reader.u32());
    });
  } else if (form === 0x6e || form === 0x6d) repeat(reader, label);
  else if (form === 0x6f) repeat(reader, value);
  else if (form === 0x70 || form === 0x6b) value();
  else if (form === 0x67) {
    value();
    reader.u32();
  } else if (form === 0x6a) {
    optional(reader, value);
    optional(reader, value);
  } else if (form === 0x69 || form === 0x68) reader.u32();
  else if (form === 0x66 || form === 0x65) optional(reader, value);
  else throw invalid(`has a type of unknown form (0x${form.toString(16)})`);
}

function isPrimitive(form: number): boolean {
  return (form >= 0x73 && form <= 0x7f) || form === 0x64;
}

/** `valtype`: a primitive, or the index of a type. Both are read as a signed number. */
function skipValueType(reader: WasmReader): void {
  reader.s64();
}

function optional(reader: WasmReader, read: () => void): void {
  const present = reader.byte();
  if (present === 1) read();
  else if (present !== 0) throw invalid("has a type with something that is neither there nor not");
}

/** Reads a vector. Every element takes a byte at least, so that a false count ends at the end of the section. */
export function repeat(reader: WasmReader, read: () => void): void {
  for (let left = reader.u32(); left > 0; left--) read();
}

function invalid(what: string): PlaygroundError {
  return new PlaygroundError("component-invalid", `The component ${what}.`);
}
