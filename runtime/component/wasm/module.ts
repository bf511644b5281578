import { PlaygroundError } from "../../errors.ts";
import { WasmReader } from "./reader.ts";

/** A section as it lies in the binary: `header` is where its id byte is, `start` and `end` bound its content. */
export interface Section {
  id: number;
  header: number;
  start: number;
  end: number;
}

export const sectionId = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
} as const;

export const externalKind = { function: 0, table: 1, memory: 2, global: 3, tag: 4 } as const;

export interface Limits {
  minimum: number;
  maximum?: number;
  /** The flags byte as written: bit 0 has a maximum, bit 1 shared, bit 2 64-bit. */
  flags: number;
}

export interface Import {
  module: string;
  name: string;
  kind: number;
}

export interface Export {
  name: string;
  kind: number;
  index: number;
}

export interface Global {
  /** Value type byte, e.g. 0x7f for i32. */
  type: number;
  mutable: boolean;
  /** The initialiser expression with its `end`. */
  initializer: Uint8Array;
}

/** What the engine and the toolchains need to know of a core module. Code is not looked into. */
export interface ModuleInfo {
  sections: Section[];
  imports: Import[];
  memories: Limits[];
  globals: Global[];
  exports: Export[];
  hasStart: boolean;
  importedGlobals: number;
  importedMemories: number;
}

/** Sections that a file may have; real ones have dozens, and components that nest others hundreds. */
const mostSections = 100_000;

/** Lists the sections of a module or component between two offsets. Fails with `component-invalid`. */
export function readSections(bytes: Uint8Array, start = 0, end = bytes.length): Section[] {
  const reader = new WasmReader(bytes, start + 8, end);
  const sections: Section[] = [];
  while (!reader.done) {
    const header = reader.position;
    const id = reader.byte();
    const length = reader.u32();
    const contentStart = reader.position;
    reader.skip(length);
    sections.push({ id, header, start: contentStart, end: reader.position });
    if (sections.length > mostSections) {
      throw new PlaygroundError("component-invalid", `The Wasm binary has more than ${mostSections} sections.`);
    }
  }
  return sections;
}

/** Reads a core module that lies between two offsets of a buffer. Fails with `component-invalid`. */
export function readModule(bytes: Uint8Array, start = 0, end = bytes.length): ModuleInfo {
  const info: ModuleInfo = {
    sections: readSections(bytes, start, end),
    imports: [],
    memories: [],
    globals: [],
    exports: [],
    hasStart: false,
    importedGlobals: 0,
    importedMemories: 0,
  };
  for (const part of info.sections) {
    const reader = new WasmReader(bytes, part.start, part.end);
    if (part.id === sectionId.import) readImports(reader, info);
    else if (part.id === sectionId.memory) repeat(reader, () => info.memories.push(readLimits(reader)));
    else if (part.id === sectionId.global) repeat(reader, () => info.globals.push(readGlobal(reader)));
    else if (part.id === sectionId.export) {
      repeat(reader, () => info.exports.push({ name: reader.name(), kind: reader.byte(), index: reader.u32() }));
    } else if (part.id === sectionId.start) info.hasStart = true;
    if ((part.id === sectionId.import || part.id === sectionId.export) && !reader.done) {
      throw new PlaygroundError("component-invalid", "A section of a core module does not end where it should.");
    }
  }
  return info;
}

function repeat(reader: WasmReader, read: () => void): void {
  const count = reader.u32();
  for (let index = 0; index < count; index++) read();
}

function readImports(reader: WasmReader, info: ModuleInfo): void {
  repeat(reader, () => {
    const entry = { module: reader.name(), name: reader.name(), kind: reader.byte() };
    info.imports.push(entry);
    if (entry.kind === externalKind.function) reader.u32();
    else if (entry.kind === externalKind.table) {
      readValueType(reader);
      readLimits(reader);
    } else if (entry.kind === externalKind.memory) {
      readLimits(reader);
      info.importedMemories += 1;
    } else if (entry.kind === externalKind.global) {
      readValueType(reader);
      reader.byte();
      info.importedGlobals += 1;
    } else if (entry.kind === externalKind.tag) {
      reader.byte();
      reader.u32();
    } else
      throw new PlaygroundError("component-invalid", `A core module imports something of unknown kind ${entry.kind}.`);
  });
}

/** Reads a value type whole, or what follows it would be read wrongly. Fails for forms that are not known here. */
function readValueType(reader: WasmReader): number {
  const type = reader.byte();
  if (type === 0x63 || type === 0x64) {
    // `ref null ht` and `ref ht`: a heap type follows. -27 and -30 are `shared` and `exact`, with more behind them.
    const heap = reader.s64();
    if (heap !== -27n && heap !== -30n) return type;
  } else if (type >= 0x66 && type <= 0x7f) return type;
  throw new PlaygroundError("component-invalid", "A core module has a type of unknown form.");
}

export function readLimits(reader: WasmReader): Limits {
  const flags = reader.byte();
  // Bit 3 is a page size of the module's own, which follows.
  if (flags > 7) throw new PlaygroundError("component-invalid", "A core module has limits of unknown form.");
  const minimum = reader.u32();
  return flags & 1 ? { flags, minimum, maximum: reader.u32() } : { flags, minimum };
}

function readGlobal(reader: WasmReader): Global {
  const type = readValueType(reader);
  const mutable = reader.byte() === 1;
  const start = reader.position;
  skipConstantExpression(reader);
  return { type, mutable, initializer: reader.bytes.subarray(start, reader.position) };
}

/** Passes over a constant expression with its `end`. Anything but plain constants fails: the engines here use no more. */
export function skipConstantExpression(reader: WasmReader): void {
  for (;;) {
    const opcode = reader.byte();
    if (opcode === 0x0b) return;
    if (opcode === 0x41 || opcode === 0x42 || opcode === 0xd0) reader.s64();
    else if (opcode === 0x23 || opcode === 0xd2) reader.u32();
    else if (opcode === 0x43) reader.skip(4);
    else if (opcode === 0x44) reader.skip(8);
    // Extended constants: i32/i64 add, sub, mul take no immediate.
    else if (![0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e].includes(opcode)) {
      throw new PlaygroundError(
        "component-invalid",
        `Unknown opcode 0x${opcode.toString(16)} in a constant expression.`,
      );
    }
  }
}

/** The value of an initialiser that is one constant: i32, f32 and f64 as number, i64 as bigint; else `undefined`. */
export function constantValue(initializer: Uint8Array): number | bigint | undefined {
  const reader = new WasmReader(initializer);
  const opcode = reader.byte();
  let value: number | bigint | undefined;
  if (opcode === 0x41) value = reader.s32();
  else if (opcode === 0x42) value = reader.s64();
  else if (opcode === 0x43 || opcode === 0x44) {
    const bytes = reader.take(opcode === 0x43 ? 4 : 8);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    value = opcode === 0x43 ? view.getFloat32(0, true) : view.getFloat64(0, true);
  }
  return value !== undefined && reader.byte() === 0x0b ? value : undefined;
}
