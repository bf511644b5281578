import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { sourceName } from "./template-metadata.ts";

export interface Position {
  file: string;
  line: number;
  /** From 1, in UTF-16 code units. */
  column: number;
}

const place = new RegExp(String.raw`\b${sourceName.replace(".", String.raw`\.`)}:(\d+):(\d+)`, "g");

/**
 * Rewrites places in a text that the engine wrote (`source.js:12:3` in stack traces and messages) to the person's files.
 * Places that the map does not know stay as they are.
 */
export function mapStack(text: string, sourceMap: string): string {
  if (!text.includes(sourceName)) return text;
  const map = new TraceMap(sourceMap);
  return text.replace(place, (written, line: string, column: string) => {
    const position = lookUp(map, Number(line), Number(column));
    return position ? `${position.file}:${position.line}:${position.column}` : written;
  });
}

/** All places of the bundle in a text, in order, as positions in the person's files. */
export function positionsIn(text: string, sourceMap: string): Position[] {
  const map = new TraceMap(sourceMap);
  return [...text.matchAll(place)]
    .map(([, line, column]) => lookUp(map, Number(line), Number(column)))
    .filter((position) => position !== undefined);
}

function lookUp(map: TraceMap, line: number, column: number): Position | undefined {
  // The engine counts columns from 1, source maps from 0.
  const found = originalPositionFor(map, { line, column: Math.max(0, column - 1) });
  if (found.source === null || found.line === null) return undefined;
  return { file: found.source.replace(/^(?:\.\.\/)*workspace:/, ""), line: found.line, column: found.column + 1 };
}
