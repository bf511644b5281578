import { expect, it } from "vitest";
import { fromWire, toWire } from "./wire-values.ts";

it("carries bytes, wherever they are, through JSON", () => {
  const large = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
  const value = { files: { a: "text", b: large }, list: [new Uint8Array(0), 1, null, true] };
  expect(fromWire(JSON.parse(JSON.stringify(toWire(value))))).toEqual(value);
});

it("has no value for undefined, as JSON has none", () => {
  expect(fromWire(toWire(undefined))).toBeUndefined();
});
