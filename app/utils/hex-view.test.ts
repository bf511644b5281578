import { expect, test } from "vitest";
import { hexLines } from "./hex-view.ts";

test("a line shows offset, bytes in two halves and printable text", () => {
  const bytes = new TextEncoder().encode("Hello, Spin!\n\u0000ab?");
  expect(hexLines(bytes)).toEqual([
    { offset: "00000000", hex: "48 65 6c 6c 6f 2c 20 53  70 69 6e 21 0a 00 61 62", text: "Hello, Spin!..ab" },
    { offset: "00000010", hex: "3f", text: "?" },
  ]);
});

test("no bytes give no lines, and the limit cuts inside a line", () => {
  expect(hexLines(new Uint8Array())).toEqual([]);
  expect(hexLines(new Uint8Array(100), 20).map((line) => line.text.length)).toEqual([16, 4]);
});
