import type { ModuleInfo } from "../../../runtime/component/wasm/module.ts";
import { concatenate } from "../../../runtime/component/wasm/writer.ts";
import { templateGlobal } from "../template-metadata.ts";

/** The state of an initialised core module: what Wizer would write into it. Tables are left as they are, as there. */
export interface Snapshot {
  /** Size of the memory in pages of 64 KiB. */
  pages: number;
  /** Index among the module's own globals → value, for each mutable one. */
  globals: Record<number, number | bigint>;
  /** Parts of the memory that are not zero, in order. */
  segments: { offset: number; bytes: Uint8Array }[];
}

/** Engines refuse a module with more data segments than 100,000; native Wizer keeps to 10,000, and so do we. */
const maximumSegments = 9_990;

/** Takes the state out of an instance of the template's core. The bytes are views: bake or encode before it runs on. */
export function takeSnapshot(info: ModuleInfo, exports: WebAssembly.Exports): Snapshot {
  const memory = exports["memory"] as WebAssembly.Memory;
  const globals: Record<number, number | bigint> = {};
  info.globals.forEach((global, index) => {
    if (global.mutable) globals[index] = (exports[templateGlobal(index)] as WebAssembly.Global<"i32">).value;
  });
  const bytes = new Uint8Array(memory.buffer);
  const segments = findRuns(bytes).map(({ offset, length }) => ({
    offset,
    bytes: bytes.subarray(offset, offset + length),
  }));
  return { pages: bytes.length / 65_536, globals, segments };
}

/**
 * Finds the runs of a memory that are not zero, on bounds of four bytes. Runs closer than `gap` bytes become one, since a
 * segment costs about as much as the zeros between; the gap grows until there are not more than `limit` runs.
 */
export function findRuns(memory: Uint8Array, gap = 32, limit = maximumSegments): { offset: number; length: number }[] {
  const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.length >>> 2);
  const gapWords = gap >>> 2;
  const runs: { offset: number; length: number }[] = [];
  let start = -1;
  let last = -1;
  const close = () => {
    if (start >= 0) runs.push({ offset: start * 4, length: (last + 1 - start) * 4 });
  };
  for (let index = 0; index < words.length; index++) {
    if (words[index] === 0) continue;
    if (start < 0 || index - last > gapWords) {
      close();
      start = index;
    }
    last = index;
  }
  close();
  return runs.length > limit ? findRuns(memory, gap * 2, limit) : runs;
}

interface SnapshotHeader {
  pages: number;
  /** Values in decimal: JSON has no 64-bit integers. */
  globals: Record<number, string>;
  runs: [offset: number, length: number][];
  sourceMap: string;
}

/** Writes a snapshot as a file: length of the header (32-bit little-endian), header as JSON, bytes of all segments. */
export function encodeSnapshot(snapshot: Snapshot, sourceMap: string): Uint8Array<ArrayBuffer> {
  const header: SnapshotHeader = {
    pages: snapshot.pages,
    globals: Object.fromEntries(Object.entries(snapshot.globals).map(([index, value]) => [index, String(value)])),
    runs: snapshot.segments.map(({ offset, bytes }) => [offset, bytes.length]),
    sourceMap,
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, json.length, true);
  return concatenate([length, json, ...snapshot.segments.map(({ bytes }) => bytes)]);
}

/** Reads what `encodeSnapshot` wrote. Values of globals come back as bigint. */
export function decodeSnapshot(file: Uint8Array): { snapshot: Snapshot; sourceMap: string } {
  const headerLength = new DataView(file.buffer, file.byteOffset, 4).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(file.subarray(4, 4 + headerLength))) as SnapshotHeader;
  let position = 4 + headerLength;
  const segments = header.runs.map(([offset, length]) => {
    const bytes = file.subarray(position, position + length);
    position += length;
    return { offset, bytes };
  });
  const globals = Object.entries(header.globals).map(([index, value]) => [index, BigInt(value)]);
  return {
    snapshot: { pages: header.pages, globals: Object.fromEntries(globals) as Snapshot["globals"], segments },
    sourceMap: header.sourceMap,
  };
}
