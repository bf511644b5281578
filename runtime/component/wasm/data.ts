import { constantValue, sectionId, skipConstantExpression } from "./module.ts";
import type { ModuleInfo } from "./module.ts";
import { WasmReader } from "./reader.ts";

export interface DataSegment {
  /** Address in linear memory. */
  offset: number;
  bytes: Uint8Array;
}

/**
 * The active data segments of a module's only memory, in order. `undefined` when there is any other kind: a passive
 * segment, or one whose place is known only to the running module.
 */
export function readDataSegments(bytes: Uint8Array, info: ModuleInfo): DataSegment[] | undefined {
  const data = info.sections.find((part) => part.id === sectionId.data);
  if (!data) return [];
  const reader = new WasmReader(bytes, data.start, data.end);
  const segments: DataSegment[] = [];
  for (let left = reader.u32(); left > 0; left--) {
    const flags = reader.u32();
    if (flags === 1 || (flags === 2 && reader.u32() !== 0)) return undefined;
    const start = reader.position;
    skipConstantExpression(reader);
    const offset = constantValue(bytes.subarray(start, reader.position));
    if (typeof offset !== "number") return undefined;
    segments.push({ offset: offset >>> 0, bytes: reader.take(reader.u32()) });
  }
  return segments;
}
