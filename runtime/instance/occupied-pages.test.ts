import { expect, test } from "vitest";
import { occupiedPages } from "./occupied-pages.ts";

const page = 4096;

test.each([0, 3])("finds the pages that hold anything, at an offset of %i", (offset) => {
  const bytes = new Uint8Array(offset + 10 * page + 5).subarray(offset);
  expect(occupiedPages(bytes)).toEqual([]);
  bytes[0] = 1;
  bytes[2 * page - 1] = 1;
  bytes[5 * page + 100] = 1;
  bytes[bytes.length - 1] = 1;
  expect(occupiedPages(bytes)).toEqual([
    { start: 0, end: 2 * page },
    { start: 5 * page, end: 6 * page },
    { start: 10 * page, end: bytes.length },
  ]);
});

test("has nothing to say of an empty image", () => {
  expect(occupiedPages(new Uint8Array())).toEqual([]);
});
