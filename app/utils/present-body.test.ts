import { expect, test } from "vitest";
import { presentBody } from "./present-body.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("JSON is indented, by its type or by its looks", () => {
  expect(presentBody(bytes('{"a":1}'), "application/json; charset=utf-8")).toEqual({
    kind: "json",
    text: '{\n  "a": 1\n}',
  });
  expect(presentBody(bytes("7"), "application/problem+json")).toEqual({ kind: "json", text: "7" });
  expect(presentBody(bytes(" [1]"), undefined)).toEqual({ kind: "json", text: "[\n  1\n]" });
});

test("what claims to be JSON and is not stays text", () => {
  expect(presentBody(bytes("{oops"), "application/json")).toEqual({ kind: "text", text: "{oops" });
});

test("HTML is shown as text", () => {
  expect(presentBody(bytes("<h1>Hi</h1>"), "text/html")).toEqual({ kind: "text", text: "<h1>Hi</h1>" });
});

test("images, other bytes and nothing", () => {
  expect(presentBody(Uint8Array.of(1), "Image/PNG")).toEqual({ kind: "image", mediaType: "image/png" });
  expect(presentBody(Uint8Array.of(0xff, 0), "text/plain")).toEqual({ kind: "bytes" });
  expect(presentBody(new Uint8Array(), "image/png")).toEqual({ kind: "empty" });
});
