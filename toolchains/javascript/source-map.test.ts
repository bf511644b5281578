import { expect, it } from "vitest";
import { mapStack, positionsIn } from "./source-map.ts";

/** Line 2 of the bundle, column 1, is line 5, column 3 of `src/index.ts`. */
const sourceMap = JSON.stringify({
  version: 3,
  sources: ["workspace:src/index.ts"],
  names: [],
  mappings: ";AAIE",
});

it("puts the person's file and line in the place of the bundle's", () => {
  expect(mapStack("  handle@source.js:2:7\n  other@x.js:2:7", sourceMap)).toBe(
    "  handle@src/index.ts:5:3\n  other@x.js:2:7",
  );
});

it("leaves what the map does not know", () => {
  expect(mapStack("at source.js:1:1", sourceMap)).toBe("at source.js:1:1");
  expect(mapStack("no place in it", "not a map")).toBe("no place in it");
});

it("finds the places in a text, in order", () => {
  expect(positionsIn("source.js:1:1 source.js:2:1", sourceMap)).toEqual([{ file: "src/index.ts", line: 5, column: 3 }]);
});
