import { expect, it } from "vitest";
import { composeResponse } from "./wagi-response.ts";

const compose = (text: string) => {
  const { status, headers, body } = composeResponse(new TextEncoder().encode(text));
  return [status, Object.fromEntries(headers), new TextDecoder().decode(body)];
};

const insufficient = [500, {}, "Exactly one of 'location' or 'content-type' must be specified"];

it.each([
  ["Content-Type: text/html\n\nbody", [200, { "content-type": "text/html" }, "body"]],
  ["content-type:text/plain\r\n\r\nbody\r\n", [200, { "content-type": "text/plain" }, "body\r\n"]],
  ["content-type: a\nX-Own: 1: 2\n\n", [200, { "content-type": "a", "x-own": "1: 2" }, ""]],
  ["content-type: a\ncontent-type: b\n\n", [200, { "content-type": "b" }, ""]],
  ["status: 404 Not Found\n\nnone", [404, {}, "none"]],
  ["status: 204\ncontent-type: a\n\n", [204, { "content-type": "a" }, ""]],
  ["status: teapot\n\n", [502, {}, ""]],
  ["status: 99\n\n", [502, {}, ""]],
  ["status:\n\n", [502, {}, ""]],
  ["Location: /there\n\n", [302, { location: "/there" }, ""]],
  ["location: /there\nstatus: 308\n\n", [308, { location: "/there" }, ""]],
  ["status: 308\nlocation: /there\n\n", [308, { location: "/there" }, ""]],
  ["no header\ncontent-type: a\n\n", [200, { "content-type": "a" }, ""]],
  ["not a name: 1\ncontent-type: a\n\n", [200, { "content-type": "a" }, ""]],
  ["x-own: 1\n\nbody", insufficient],
  ["content-type: text/plain\nbut no empty line\n", insufficient],
  ["\n\nbody", insufficient],
])("%j", (printed, expected) => {
  expect(compose(printed)).toEqual(expected);
});

it("fails for headers that are no text", () => {
  expect(() => composeResponse(Uint8Array.of(0xff, 10, 10))).toThrow();
});

it("fails for headers without end", () => {
  expect(() => compose("a".repeat(200_000))).toThrow("no empty line");
});
