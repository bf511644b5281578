import { expect, test } from "vitest";
import { pathOfUrl, requestPath } from "./request-path.ts";

const origin = "http://a1.play.localhost:5173";

test.each([
  ["/api?x=1", "/api?x=1"],
  [" api ", "/api"],
  ["", "/"],
  ["//evil.example/x", "/evil.example/x"],
  [`${origin}/a/b?c#d`, "/a/b?c"],
])("%j means %s", (typed, path) => {
  expect(requestPath(typed, origin)).toBe(path);
});

test("a URL of another origin, or none at all, is refused", () => {
  expect(requestPath("https://example.com/", origin)).toBeUndefined();
  expect(requestPath("http://a b/", origin)).toBeUndefined();
});

test("the path of a URL", () => {
  expect(pathOfUrl(`${origin}/a?b`)).toBe("/a?b");
  expect(pathOfUrl("/a")).toBe("/a");
});
