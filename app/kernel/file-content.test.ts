import { expect, it } from "vitest";
import { toBytes, toFileContent } from "./file-content.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

it("keeps UTF-8 text as a string, byte order mark included", () => {
  expect(toFileContent("a.txt", bytes("größe"))).toBe("größe");
  const marked = new Uint8Array([0xef, 0xbb, 0xbf, 0x61]);
  expect(toBytes(toFileContent("a.txt", marked))).toEqual(marked);
});

it.each([
  ["a.png", new Uint8Array([0x89, 0x50, 0xff])],
  ["a.bin", new Uint8Array([0x61, 0x00])],
  ["a.wasm", bytes("text by chance")],
])("keeps %s as bytes of its own", (path, content) => {
  const kept = toFileContent(path, content);
  expect(kept).toEqual(content);
  content[0] = 1;
  expect((kept as Uint8Array)[0]).not.toBe(1);
});

it("gives bytes that are the caller's own", () => {
  const kept = new Uint8Array([1, 2]);
  toBytes(kept)[0] = 9;
  expect(kept[0]).toBe(1);
});
