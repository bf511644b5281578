import { describe, expect, test } from "vitest";
import { compareRoutes, matchRoute, parseRoute, type RoutePattern } from "./route-pattern.ts";

function pattern(route: string): RoutePattern {
  const parsed = parseRoute(route);
  if ("fault" in parsed) throw new Error(parsed.fault);
  return parsed;
}

describe("matching", () => {
  test.each<[route: string, path: string, captures: { params?: [string, string][]; rest?: string } | undefined]>([
    ["/", "/", {}],
    ["/", "", {}],
    ["/", "/a", undefined],
    ["/foo", "/foo", {}],
    ["/foo", "/foo/", {}],
    ["/foo", "//foo", {}],
    ["/foo/", "/foo", {}],
    ["foo", "/foo", {}],
    ["/foo", "/foobar", undefined],
    ["/foo", "/foo/bar", undefined],
    ["/foo", "/Foo", undefined],
    ["/foo/bar", "/foo//bar", undefined],
    ["/a.b.c/d", "/a.b.c/d", {}],
    ["/a.b", "/axb", undefined],
    ["/a%20b", "/a%20b", {}],
    ["/a b", "/a%20b", undefined],
    ["/...", "/", { rest: "" }],
    ["/...", "/a/b/", { rest: "a/b" }],
    ["/*", "/a", { rest: "a" }],
    ["/foo/...", "/foo", { rest: "" }],
    ["/foo/...", "/foo/", { rest: "" }],
    ["/foo/...", "/foo/bar/baz", { rest: "bar/baz" }],
    ["/foo/...", "/foobar", undefined],
    ["/:id", "/1", { params: [["id", "1"]] }],
    ["/:id", "/", undefined],
    ["/:id", "/1/2", undefined],
    ["/:id", "/a.b", { params: [["id", "a.b"]] }],
    [
      "/u/:id/posts/:post_id",
      "/u/1/posts/2",
      {
        params: [
          ["id", "1"],
          ["post_id", "2"],
        ],
      },
    ],
    ["/u/:id/posts", "/u//posts", undefined],
    ["/f/:name.json", "/f/data.json", { params: [["name", "data"]] }],
    ["/f/:name.json", "/f/data.txt", undefined],
    ["/f/:name.json", "/f/data", undefined],
    ["/f/:name.json", "/f/a/b.json", undefined],
    [
      "/:a.:b",
      "/x.y",
      {
        params: [
          ["a", "x"],
          ["b", "y"],
        ],
      },
    ],
    ["/:id/...", "/1/2/3", { params: [["id", "1"]], rest: "2/3" }],
    ["/a:b", "/a:b", {}],
    ["/a:b", "/axx", undefined],
  ])("%s and %s", (route, path, captures) => {
    expect(matchRoute(pattern(route), path)).toEqual(captures && { params: [], ...captures });
  });
});

test.each([
  ["/", "", "", false],
  ["/...", "/...", "", true],
  ["/foo/", "/foo", "/foo", false],
  ["/foo//", "/foo/", "/foo/", false],
  ["foo/...", "/foo/...", "/foo", true],
  ["/foo/*", "/foo/*", "/foo", true],
])("%s is sanitised", (route, based, prefix, wildcard) => {
  expect(pattern(route)).toMatchObject({ based, prefix, wildcard });
});

test.each([
  ["/a/:", "/a/:", "params must be named"],
  ["/:/a", "/:/a", "params must be named"],
  ["/*rest", "/*rest", "since there can only be one wildcard, it doesn't need a name. replace `*rest` with `*`"],
  ["/*/a/", "/*/a", "wildcard must currently be the terminal segment"],
])("%s cannot be parsed", (route, based, fault) => {
  expect(parseRoute(route)).toEqual({ fault, based });
});

describe("precedence", () => {
  test.each([
    ["/one", "/..."],
    ["/one/two/...", "/one/..."],
    ["/users/admin", "/users/:id"],
    ["/users/:id", "/users/..."],
    ["/foo/...", "/:id/bar"],
    ["/", "/foo"],
    ["/", "/..."],
    ["/:a.json", "/:a"],
    ["/:a.json", "/:a/b"],
    ["/:a/...", "/..."],
  ])("%s goes before %s", (first, second) => {
    expect(compareRoutes(pattern(first), pattern(second))).toBeLessThan(0);
    expect(compareRoutes(pattern(second), pattern(first))).toBeGreaterThan(0);
  });

  test.each([
    ["/foo", "/bar"],
    ["/foo", "/foo/"],
    ["/:a", "/:b"],
    ["/a/b/...", "/c/d/..."],
  ])("%s and %s are alike", (a, b) => {
    expect(compareRoutes(pattern(a), pattern(b))).toBe(0);
  });
});
