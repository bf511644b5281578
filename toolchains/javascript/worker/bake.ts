import { invariant } from "../../../runtime/errors.ts";
import { sectionId } from "../../../runtime/component/wasm/module.ts";
import type { Section } from "../../../runtime/component/wasm/module.ts";
import { concatenate, name, section, signed, unsigned } from "../../../runtime/component/wasm/writer.ts";
import type { Piece } from "../../../runtime/component/wasm/writer.ts";
import { isTemplateExport } from "../template-metadata.ts";
import type { Snapshot } from "./snapshot.ts";
import type { TemplateLayout } from "./template.ts";

/**
 * Writes a snapshot into the template: the result is a component that starts where the snapshot was taken. Only the core
 * module of the engine changes, in memory size, globals, data, and its exports for the toolchain, which are removed.
 */
export function bake(template: TemplateLayout, snapshot: Snapshot): Uint8Array<ArrayBuffer> {
  const { component, core, info } = template;
  const pieces: Piece[] = [component.subarray(core.start, core.start + 8)];
  for (const part of info.sections) pieces.push(...bakedSection(template, part, snapshot));
  return concatenate([
    component.subarray(0, core.header),
    ...section(coreModuleSection, pieces),
    component.subarray(core.end),
  ]);
}

/** A component's section with a core module inside it (component model, `Binary.md`). */
const coreModuleSection = 1;

function bakedSection({ component, info }: TemplateLayout, part: Section, snapshot: Snapshot): Piece[] {
  if (part.id === sectionId.memory) {
    const maximum = info.memories[0]?.maximum;
    const pages = unsigned(snapshot.pages);
    return section(part.id, maximum === undefined ? [1, 0, pages] : [1, 1, pages, unsigned(maximum)]);
  }
  if (part.id === sectionId.global) {
    const globals = info.globals.map((global, index): Piece[] => {
      const value = snapshot.globals[index];
      const initializer = value === undefined ? [global.initializer] : constant(global.type, value);
      return [global.type, global.mutable ? 1 : 0, ...initializer];
    });
    return section(part.id, [unsigned(globals.length), ...globals.flat()]);
  }
  if (part.id === sectionId.export) {
    const kept = info.exports.filter((entry) => !isTemplateExport(entry.name));
    return section(part.id, [
      unsigned(kept.length),
      ...kept.flatMap((entry) => [name(entry.name), entry.kind, unsigned(entry.index)]),
    ]);
  }
  const count = unsigned(snapshot.segments.length);
  if (part.id === sectionId.dataCount) return section(part.id, [count]);
  if (part.id === sectionId.data) {
    const segments = snapshot.segments.flatMap(({ offset, bytes }): Piece[] => [
      0,
      ...constant(i32, offset),
      unsigned(bytes.length),
      bytes,
    ]);
    return section(part.id, [count, ...segments]);
  }
  return [component.subarray(part.header, part.end)];
}

const i32 = 0x7f;
const i64 = 0x7e;

/** A constant expression with its `end`. */
function constant(type: number, value: number | bigint): Piece[] {
  invariant(type === i32 || type === i64, "A mutable global of the JavaScript engine is neither i32 nor i64.");
  if (type === i64) return [0x42, signed(BigInt.asIntN(64, BigInt(value))), 0x0b];
  return [0x41, signed(BigInt.asIntN(32, BigInt(value))), 0x0b];
}
