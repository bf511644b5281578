import { expect, test } from "vitest";
import { LineSplitter } from "./lines.ts";

const utf8 = new TextEncoder();

test("cuts at line ends, over writes and inside a character", () => {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  const bytes = utf8.encode("one\r\ntwo ü\nrest");
  for (const byte of bytes) splitter.write(Uint8Array.of(byte));
  expect(lines).toEqual(["one", "two ü"]);
  splitter.end();
  splitter.end();
  expect(lines).toEqual(["one", "two ü", "rest"]);
});

test("does not hold back a line that never ends", () => {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  splitter.write(new Uint8Array(40 * 1024).fill(0x61));
  expect(lines.map((line) => line.length)).toEqual([16 * 1024, 16 * 1024]);
});
