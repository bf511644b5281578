import type { MemoryImage } from "./prepared.ts";
import { constantValue, externalKind, readModule, sectionId } from "./wasm/module.ts";
import type { ModuleInfo } from "./wasm/module.ts";
import { readDataSegments } from "./wasm/data.ts";
import { concatenate, name, section, unsigned } from "./wasm/writer.ts";
import type { Piece } from "./wasm/writer.ts";

/** Where the shell imports its memory from. */
export const shellMemory = { module: "playground", name: "memory" } as const;

const globalExport = (index: number): string => `playground:global:${index}`;

export interface Shell {
  /** The core module without its state: memory imported, no data, mutable globals zero and exported. See `splitCore`. */
  bytes: Uint8Array<ArrayBuffer>;
  image: Omit<MemoryImage, "module">;
}

/**
 * Splits a core module into its code (the shell) and its state before the first call (the image).
 *
 * Code is what costs time to compile, and it is the same for every program that a toolchain bakes into one engine; so
 * the engine compiles a shell once and gives each program, and each instance, its own image. It is also what lets a
 * memory have a maximum that its module does not ask for, and be used again.
 *
 * A module that must set up its state by itself (a start function, passive data, data whose place only the running module
 * knows) keeps it: then the shell differs from the module in its memory alone, and the image is empty.
 *
 * Returns `undefined` for a module whose memory is not its own and plain: imported, shared, 64-bit, or more than one.
 */
export function splitCore(bytes: Uint8Array, start = 0, end = bytes.length): Shell | undefined {
  const info = readModule(bytes, start, end);
  const memory = info.memories[0];
  if (!memory || info.memories.length > 1 || info.importedMemories > 0 || memory.flags > 1) return undefined;
  const state = info.hasStart ? undefined : stateOf(bytes, info, memory.minimum);
  const globals = state?.globals ?? new Map<number, number | bigint>();
  return {
    bytes: concatenate(shellPieces(bytes, start, info, globals, state === undefined)),
    image: {
      bytes: state?.memory ?? new Uint8Array(),
      initialPages: memory.minimum,
      ...(memory.maximum === undefined ? {} : { maximumPages: memory.maximum }),
      globals: Object.fromEntries([...globals].map(([index, value]) => [globalExport(index), value])),
      ...(info.hasStart ? { startsItself: true } : {}),
    },
  };
}

interface State {
  memory: Uint8Array;
  globals: Map<number, number | bigint>;
}

/** The state that instantiating the module would give it, where that can be read off; see `splitCore`. */
function stateOf(bytes: Uint8Array, info: ModuleInfo, pages: number): State | undefined {
  const segments = readDataSegments(bytes, info);
  if (!segments) return undefined;
  const length = segments.reduce((most, segment) => Math.max(most, segment.offset + segment.bytes.length), 0);
  if (length > pages * 65_536) return undefined;
  const memory = new Uint8Array(length);
  for (const segment of segments) memory.set(segment.bytes, segment.offset);
  return { memory, globals: mutableGlobals(info) };
}

/** Index among the module's own globals → initial value, for every mutable global that starts as a constant. */
function mutableGlobals(info: ModuleInfo): Map<number, number | bigint> {
  const values = new Map<number, number | bigint>();
  info.globals.forEach((global, index) => {
    const value = global.mutable ? constantValue(global.initializer) : undefined;
    if (value !== undefined) values.set(index, value);
  });
  return values;
}

function shellPieces(
  bytes: Uint8Array,
  start: number,
  info: ModuleInfo,
  globals: Map<number, number | bigint>,
  keepState: boolean,
): Piece[] {
  const taken: readonly number[] = keepState
    ? [sectionId.import, sectionId.memory]
    : [sectionId.import, sectionId.memory, sectionId.data, sectionId.dataCount];
  const pieces: Piece[] = [bytes.subarray(start, start + 8)];
  const memoryImport = importSection(bytes, info);
  let imported = false;
  for (const part of info.sections) {
    // The import section comes after types and before all else.
    if (!imported && part.id !== sectionId.custom && part.id >= sectionId.import) {
      pieces.push(...memoryImport);
      imported = true;
    }
    if (taken.includes(part.id)) continue;
    if (part.id === sectionId.global) pieces.push(...globalSection(info, globals));
    else if (part.id === sectionId.export) pieces.push(...exportSection(info, globals));
    else pieces.push(bytes.subarray(part.header, part.end));
  }
  return pieces;
}

function importSection(bytes: Uint8Array, info: ModuleInfo): Piece[] {
  const [memory] = info.memories;
  const limits = memory ? limitPieces(memory) : [];
  const entry = [name(shellMemory.module), name(shellMemory.name), externalKind.memory, ...limits];
  const existing = info.sections.find((part) => part.id === sectionId.import);
  if (!existing) return section(sectionId.import, [1, ...entry]);
  const count = unsigned(info.imports.length);
  const entries = bytes.subarray(existing.start + count.length, existing.end);
  return section(sectionId.import, [unsigned(info.imports.length + 1), entries, ...entry]);
}

// The size belongs to the image: programs baked into one engine differ in it, and shall share the shell.
function limitPieces(memory: { maximum?: number }): Piece[] {
  return memory.maximum === undefined ? [0, 0] : [1, 0, unsigned(memory.maximum)];
}

const zero: Record<number, readonly number[]> = {
  0x7f: [0x41, 0, 0x0b],
  0x7e: [0x42, 0, 0x0b],
  0x7d: [0x43, 0, 0, 0, 0, 0x0b],
  0x7c: [0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0x0b],
};

function globalSection(info: ModuleInfo, globals: Map<number, number | bigint>): Piece[] {
  const pieces: Piece[] = [unsigned(info.globals.length)];
  info.globals.forEach((global, index) => {
    const initializer = globals.has(index) ? Uint8Array.from(zero[global.type] ?? []) : global.initializer;
    pieces.push(global.type, global.mutable ? 1 : 0, initializer);
  });
  return section(sectionId.global, pieces);
}

function exportSection(info: ModuleInfo, globals: Map<number, number | bigint>): Piece[] {
  const pieces: Piece[] = [unsigned(info.exports.length + globals.size)];
  for (const entry of info.exports) pieces.push(name(entry.name), entry.kind, unsigned(entry.index));
  for (const index of globals.keys()) {
    pieces.push(name(globalExport(index)), externalKind.global, unsigned(index + info.importedGlobals));
  }
  return section(sectionId.export, pieces);
}
