import { expect, test } from "vitest";
import { spinHeaders } from "./headers.ts";
import { buildRoutes, chainedMatch, type Match } from "./routes.ts";

function matched(route: string, path: string, base?: string): Match {
  const match = buildRoutes({
    spin_lock_version: 0,
    metadata: { name: "x", ...(base === undefined ? {} : { triggers: { http: { base } } }) },
    variables: {},
    triggers: [{ id: "t", trigger_type: "http", trigger_config: { component: "c", route } }],
    components: [],
  }).table.match(path);
  if (match === undefined) throw new Error("no match");
  return match;
}

const request = { url: "https://fermyon.dev/foo/42/bar?key1=value1", headers: [], clientAddress: "127.0.0.1:777" };

test("all of them", () => {
  expect(spinHeaders(matched("/foo/:userid/...", "/foo/42/bar"), request)).toEqual([
    ["spin-path-info", "/bar"],
    ["spin-full-url", "https://fermyon.dev/foo/42/bar?key1=value1"],
    ["spin-matched-route", "/foo/:userid/..."],
    ["spin-base-path", "/"],
    ["spin-raw-component-route", "/foo/:userid/..."],
    ["spin-component-route", "/foo/:userid"],
    ["spin-client-addr", "127.0.0.1:777"],
    ["spin-path-match-userid", "42"],
  ]);
});

test.each([
  ["/", "/", { matched: "", raw: "/", component: "/" }],
  ["/...", "/a", { matched: "/...", raw: "/...", component: "" }],
  ["foo/", "/foo", { matched: "/foo", raw: "foo/", component: "foo/" }],
])("routes of %s", (route, path, expected) => {
  const headers = new Map(spinHeaders(matched(route, path), request));
  expect({
    matched: headers.get("spin-matched-route"),
    raw: headers.get("spin-raw-component-route"),
    component: headers.get("spin-component-route"),
  }).toEqual(expected);
});

test("the host header goes before the URL's host", () => {
  const headers = spinHeaders(matched("/...", "/a"), { ...request, headers: [["Host", "app.example:3000"]] });
  expect(new Map(headers).get("spin-full-url")).toBe("https://app.example:3000/foo/42/bar?key1=value1");
});

test("names of params are written as headers are, once each", () => {
  const headers = spinHeaders(matched("/:User_Id/:a/:a", "/1/2/3"), request);
  expect(headers.filter(([name]) => name.startsWith("spin-path-match-"))).toEqual([
    ["spin-path-match-user-id", "1"],
    ["spin-path-match-a", "3"],
  ]);
});

test("the base of an old application", () => {
  const headers = new Map(spinHeaders(matched("/a", "/base/a", "/base"), request));
  expect(headers.get("spin-base-path")).toBe("/base");
  expect(headers.get("spin-matched-route")).toBe("/base/a");
  expect(headers.has("spin-client-addr")).toBe(false);
  expect(headers.get("spin-component-route")).toBe("/a");
});

test("of a chained request", () => {
  const headers = new Map(spinHeaders(chainedMatch("c", "/x"), { ...request, clientAddress: "0.0.0.0:0" }));
  expect(headers.get("spin-path-info")).toBe("/x");
  expect(headers.get("spin-component-route")).toBe("");
  expect(headers.get("spin-client-addr")).toBe("0.0.0.0:0");
});
