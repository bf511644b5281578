import { expect, test } from "vitest";
import { wellKnown } from "./well-known.ts";

test("health", () => {
  expect(wellKnown("/.well-known/spin/health", { name: "x" })).toEqual({ status: 200, headers: [], body: "OK" });
});

test("info names the application, and its version when it has one", () => {
  const info = wellKnown("/.well-known/spin/info", { name: "x", version: "1.0.0" });
  expect(info).toEqual({
    status: 200,
    headers: [["content-type", "application/json"]],
    body: '{\n  "name": "x",\n  "version": "1.0.0"\n}',
  });
  expect(wellKnown("/.well-known/spin/info", { name: "x", version: undefined })?.body).toBe('{\n  "name": "x"\n}');
});

test("any other path below the prefix is not found, and all others are the application's", () => {
  expect(wellKnown("/.well-known/spin/else", { name: "x" })).toEqual({ status: 404, headers: [], body: "" });
  expect(wellKnown("/.well-known/spin/", { name: "x" })?.status).toBe(404);
  expect(wellKnown("/.well-known/other", { name: "x" })).toBeUndefined();
  expect(wellKnown("/", { name: "x" })).toBeUndefined();
});
