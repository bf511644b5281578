import { expect, it } from "vitest";
import { decodeSnapshot, encodeSnapshot, findRuns } from "./snapshot.ts";

function memory(length: number, at: Record<number, number>): Uint8Array {
  const bytes = new Uint8Array(length);
  for (const [offset, value] of Object.entries(at)) bytes[Number(offset)] = value;
  return bytes;
}

it("finds the runs that are not zero, on bounds of four bytes", () => {
  expect(findRuns(memory(256, { 5: 1, 6: 2, 200: 3 }))).toEqual([
    { offset: 4, length: 4 },
    { offset: 200, length: 4 },
  ]);
});

it("joins runs that are close", () => {
  expect(findRuns(memory(256, { 0: 1, 32: 1 }))).toEqual([{ offset: 0, length: 36 }]);
  expect(findRuns(memory(256, { 0: 1, 36: 1 }))).toHaveLength(2);
});

it("joins more until there are few enough", () => {
  const bytes = memory(1024, Object.fromEntries(Array.from({ length: 16 }, (_, index) => [index * 64, 1])));
  expect(findRuns(bytes)).toHaveLength(16);
  expect(findRuns(bytes, 32, 4)).toEqual([{ offset: 0, length: 964 }]);
});

it("finds none in an empty memory", () => {
  expect(findRuns(new Uint8Array(64))).toEqual([]);
});

it("survives a file", () => {
  const snapshot = {
    pages: 3,
    globals: { 0: 1_048_576, 2: -5n, 4: 2n ** 63n },
    segments: [
      { offset: 16, bytes: new Uint8Array([1, 2, 3]) },
      { offset: 1024, bytes: new Uint8Array([4]) },
    ],
  };
  const decoded = decodeSnapshot(encodeSnapshot(snapshot, `{"mappings":"é"}`));
  expect(decoded.sourceMap).toBe(`{"mappings":"é"}`);
  expect(decoded.snapshot).toEqual({ ...snapshot, globals: { 0: 1_048_576n, 2: -5n, 4: 2n ** 63n } });
});
