import { describe, expect, it } from "vitest";
import { createRouter, pathPattern } from "./router.ts";

describe("a path", () => {
  const match = (path: string, url: string) => {
    const found = pathPattern(path).exec(url);
    return found && { ...found.groups };
  };

  it.each<[path: string, url: string, parameters: Record<string, string | undefined> | null]>([
    ["/", "/", {}],
    ["/", "/a", null],
    ["/api", "/api/", {}],
    ["/api", "/api2", null],
    ["/api/:id", "/api/7", { id: "7" }],
    ["/api/:id", "/api/7/8", null],
    ["/api/:id", "/api/", null],
    ["/api/:id?", "/api", { id: undefined }],
    ["/api/:id?", "/api/7", { id: "7" }],
    ["/files/:path+", "/files/a/b/c", { path: "a/b/c" }],
    ["/:name.:extension", "/report.pdf", { name: "report", extension: "pdf" }],
    ["/a.b", "/axb", null],
    ["/static/*", "/static/a/b", {}],
    ["*", "/anything/at/all", {}],
  ])("%s and %s", (path, url, parameters) => {
    expect(match(path, url)).toEqual(parameters);
  });
});

describe("a router", () => {
  const request = (method: string, url: string) => ({ method, url: `http://spin.test${url}` });

  it("asks routes in order, by method, until one answers", async () => {
    const asked: string[] = [];
    const router = createRouter()
      .post("/x", () => "posted")
      .all("*", () => void asked.push("all"))
      .get("/x", () => "first")
      .get("/x", () => "second");
    expect(await router.handle(request("GET", "/x"))).toBe("first");
    expect(await router.handle(request("post", "/x"))).toBe("posted");
    expect(await router.handle(request("DELETE", "/x"))).toBeUndefined();
    expect(asked).toEqual(["all", "all"]);
  });

  it("gives parameters, the query and whatever else it was given", async () => {
    const router = createRouter().get("/api/:id", ({ params, query }, extra) => [params["id"], query, extra]);
    expect(await router.handle(request("GET", "/api/7?a=1&b=2&b=3"), "extra")).toEqual([
      "7",
      { a: "1", b: ["2", "3"] },
      "extra",
    ]);
  });

  it("takes the full URL out of a Spin request's header", async () => {
    const router = createRouter().get("/api", ({ query }) => query["q"]);
    const headers = { "spin-full-url": "http://spin.test/api?q=yes" };
    const spinRequest = { method: "GET", uri: "/api?q=yes", headers, text: () => "", json: () => null };
    expect(await router.handleRequest(spinRequest)).toBe("yes");
  });
});
