import { describe, expect, test } from "vitest";
import type { LockedApp, LockedTrigger } from "../manifest/locked-app.ts";
import { parseManifest } from "../manifest/parse-manifest.ts";
import { buildRoutes, chainedMatch } from "./routes.ts";

/** Pairs of component id and route. */
function application(...routes: [component: string, route: LockedTrigger["trigger_config"][string]][]): LockedApp {
  return {
    spin_lock_version: 0,
    metadata: { name: "test" },
    variables: {},
    triggers: routes.map(([component, route], index) => ({
      id: `trigger${index}`,
      trigger_type: "http",
      trigger_config: { component, route },
    })),
    components: [],
  };
}

describe("which component answers", () => {
  const { table } = buildRoutes(
    application(
      ["catch-all", "/..."],
      ["home", "/"],
      ["user", "/users/:id"],
      ["users", "/users/..."],
      ["admin", "/users/admin"],
      ["file", "/files/:name.json"],
      ["files", "/files/:name"],
      ["first", "/tie"],
      ["second", "/tie/"],
      ["hidden", { private: true }],
    ),
  );

  test.each([
    ["/", "home"],
    ["/users/admin", "admin"],
    ["/users/7", "user"],
    ["/users/7/posts", "users"],
    ["/users", "users"],
    ["/files/a.json", "file"],
    ["/files/a.txt", "files"],
    ["/tie", "first"],
    ["/else", "catch-all"],
  ])("%s: %s", (path, component) => {
    expect(table.match(path)?.route.componentId).toBe(component);
  });

  test("none, when no route matches", () => {
    expect(buildRoutes(application(["a", "/a"])).table.match("/b")).toBeUndefined();
    expect(buildRoutes(application()).table.match("/")).toBeUndefined();
  });
});

test.each([
  ["/test/...", "/test", ""],
  ["/test/...", "/test/", "/"],
  ["/test/...", "/test/hello", "/hello"],
  ["/test/...", "/test/hello/", "/hello/"],
  ["/test/...", "/test/a%2Fb//c", "/a%2Fb//c"],
  ["/...", "/", "/"],
  ["/test", "/test/", ""],
])("the path info of %s for %s is %j", (route, path, pathInfo) => {
  expect(buildRoutes(application(["a", route])).table.match(path)?.pathInfo).toBe(pathInfo);
});

test("routes are listed in the order of precedence, private ones not at all", () => {
  const { routes } = buildRoutes(
    application(["all", "/..."], ["b", "b"], ["a", "/a/..."], ["hidden", { private: true }], ["home", "/"]),
  );
  expect(routes).toEqual([
    { id: "home", route: "/", wildcard: false },
    { id: "b", route: "/b", wildcard: false },
    { id: "a", route: "/a", wildcard: true },
    { id: "all", route: "/", wildcard: true },
  ]);
});

test("of two routes with one text the last counts, and the first keeps its place in the order", () => {
  const { table, routes, warnings } = buildRoutes(application(["old", "/a"], ["other", "/b"], ["new", "/a"]));
  expect(table.match("/a")?.route.componentId).toBe("new");
  expect(routes.map(({ id }) => id)).toEqual(["new", "other"]);
  expect(warnings).toEqual([
    {
      severity: "warning",
      code: "duplicate-route",
      message: "The following component routes are duplicates and will never be used:\n  old: /a (duplicate of new)",
    },
  ]);
});

test("warnings stand at the route in the manifest", () => {
  const manifest = parseManifest(`spin_manifest_version = 2
application.name = "x"
component.a.source = "a.wasm"
[[trigger.http]]
route = "/.well-known/spin/x"
component = "a"
[[trigger.http]]
id = "once"
component = "a"
route = "/"
[[trigger.http]]
id = "twice"
route = "/"
component = "a"
`);
  if ("diagnostics" in manifest) throw new Error("refused");
  const { warnings } = buildRoutes(manifest.lockedApp, manifest.positions);
  expect(warnings).toMatchObject([
    { code: "duplicate-route", file: "spin.toml", line: 10, column: 9 },
    {
      code: "reserved-route",
      line: 5,
      column: 9,
      message: "Routes under /.well-known/spin/ are handled by the Spin runtime and will never be reached",
    },
  ]);
});

test("a static response answers without a component", () => {
  const app = application();
  app.triggers.push({
    id: "moved",
    trigger_type: "http",
    trigger_config: { route: "/old", static_response: { status_code: 301, headers: { location: "/new" } } },
  });
  app.triggers.push({ id: "empty", trigger_type: "http", trigger_config: { route: "/empty", static_response: {} } });
  const { table } = buildRoutes(app);
  expect(table.match("/old")?.route).toMatchObject({
    componentId: "moved",
    staticResponse: { status_code: 301, headers: { location: "/new" } },
  });
  expect(table.match("/empty")?.route.staticResponse).toEqual({ status_code: 200, headers: {} });
});

test("the base of an old application stands before each route", () => {
  const app = application(["a", "/hello/..."], ["home", "/"]);
  app.metadata.triggers = { http: { base: "/base/" } };
  const { table, routes } = buildRoutes(app);
  expect(table.match("/base/hello/x")).toMatchObject({ pathInfo: "/x", route: { componentId: "a", base: "/base/" } });
  expect(table.match("/base")?.route.componentId).toBe("home");
  expect(table.match("/hello/x")).toBeUndefined();
  // In the manifest's order.
  expect(routes.map(({ route }) => route)).toEqual(["/base/hello", "/base"]);
});

test("an application with a base is routed as by Spin 1.0", () => {
  const app = application(
    ["all", "/..."],
    ["long", "/a/b/..."],
    ["short", "/a/..."],
    ["exact", "/a/b"],
    ["text", "/:id"],
  );
  app.metadata.triggers = { http: { base: "/base" } };
  const { table } = buildRoutes(app);
  const found = (path: string) => {
    const match = table.match(path);
    return match === undefined ? [] : [match.route.componentId, match.pathInfo];
  };
  expect(found("/base/a/b")).toEqual(["exact", ""]);
  expect(found("/base/a/b/")).toEqual(["exact", ""]);
  expect(found("/base/a/b/c%2F/")).toEqual(["long", "/c%2F/"]);
  expect(found("/base/a/bc")).toEqual(["short", "/bc"]);
  expect(found("/base/ab")).toEqual(["all", "/ab"]);
  expect(found("/base")).toEqual(["all", ""]);
  expect(found("/base/:id")).toEqual(["text", ""]);
  expect(found("/bases")).toEqual([]);
});

test.each([
  ["/base", "/a", "/base/a"],
  ["/base/", "/", "/base"],
  ["base", "a/...", "/base/a/..."],
])("below base %s a route %s is %s", (base, route, based) => {
  const app = application(["a", route]);
  app.metadata.triggers = { http: { base } };
  expect(buildRoutes(app).table.routes[0]?.pattern.based).toBe(based);
});

test("triggers of other types have no routes, and the executor is read with its defaults", () => {
  const app = application(["a", "/a"]);
  app.triggers.push({ id: "r", trigger_type: "redis", trigger_config: { component: "a", channel: "c" } });
  app.triggers.push({
    id: "w",
    trigger_type: "http",
    trigger_config: { component: "w", route: "/w", executor: { type: "wagi" } },
  });
  const { table } = buildRoutes(app);
  expect(table.routes.map(({ executor }) => executor)).toEqual([
    { type: "http" },
    { type: "wagi", argv: "${SCRIPT_NAME} ${ARGS}", entrypoint: "_start" },
  ]);
});

test("a route that cannot be parsed is left out with a warning", () => {
  const { routes, warnings } = buildRoutes(application(["a", "/:"], ["b", "/b"]));
  expect(routes).toHaveLength(1);
  expect(warnings).toMatchObject([
    { message: "Error parsing route /: associated with component a: params must be named" },
  ]);
});

test("a chained request takes the whole path as path info", () => {
  expect(chainedMatch("back", "/a/b")).toMatchObject({
    pathInfo: "/a/b",
    params: [],
    route: { raw: "/...", componentId: "back", base: "/" },
  });
});

test("a chained request goes to any component that an HTTP trigger names, and to no other", () => {
  const app = application(["a", "/a"]);
  app.triggers.push({
    id: "p",
    trigger_type: "http",
    trigger_config: { component: "hidden", route: { private: true } },
  });
  app.triggers.push({ id: "s", trigger_type: "http", trigger_config: { route: "/s", static_response: {} } });
  app.triggers.push({ id: "r", trigger_type: "redis", trigger_config: { component: "other", channel: "c" } });
  const { table } = buildRoutes(app);
  const targets = ["a", "hidden", "s", "other", "nope"].map((id) => table.chained(id, "/x")?.route.componentId);
  expect(targets).toEqual(["a", "hidden", undefined, undefined, undefined]);
  expect(table.match("/x")).toBeUndefined();
});
