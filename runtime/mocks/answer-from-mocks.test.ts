import { describe, expect, it } from "vitest";
import { answerFromMocks } from "./answer-from-mocks.ts";

const answer = (rules: Parameters<typeof answerFromMocks>[0], url: string, init?: RequestInit) =>
  answerFromMocks(rules, new Request(url, init));

describe("answers from mocks", () => {
  it("give status, headers and text as they are", async () => {
    const rules = [
      { url: "https://a.example/x", status: 418, headers: { "x-tea": "pot", "content-type": "a/b" }, body: "hi" },
    ];
    const response = await answer(rules, "https://a.example/x");
    expect(response?.status).toBe(418);
    expect(response?.headers.get("x-tea")).toBe("pot");
    expect(response?.headers.get("content-type")).toBe("a/b");
    expect(await response?.text()).toBe("hi");
  });

  it("send anything but text as JSON, and no body when there is none", async () => {
    const rules = [
      { url: "https://a.example/list", body: [1, null] },
      { url: "https://a.example/null", body: null },
      { url: "https://a.example/none", status: 204 },
    ];
    const list = await answer(rules, "https://a.example/list");
    expect(list?.headers.get("content-type")).toBe("application/json");
    expect(await list?.json()).toEqual([1, null]);
    expect(await (await answer(rules, "https://a.example/null"))?.text()).toBe("null");
    expect((await answer(rules, "https://a.example/none"))?.body).toBeNull();
  });

  it("come more than once from the same rule", async () => {
    const rules = [{ url: "https://a.example/x", body: "again" }];
    expect(await (await answer(rules, "https://a.example/x"))?.text()).toBe("again");
    expect(await (await answer(rules, "https://a.example/x"))?.text()).toBe("again");
  });

  it("come from the first rule whose method, address and search parameters match", async () => {
    const rules = [
      { url: "https://a.example/items/:id", method: "post", body: "posted" },
      { url: "https://a.example/items/:id", query: { page: "2" }, body: "page 2" },
      { url: "https://a.example/items/*", body: "any" },
    ];
    const text = async (url: string, init?: RequestInit) => (await answer(rules, url, init))?.text();
    expect(await text("https://a.example/items/1", { method: "POST", body: "x" })).toBe("posted");
    expect(await text("https://a.example/items/1?page=2&x=y")).toBe("page 2");
    expect(await text("https://a.example/items/1?page=3")).toBe("any");
    expect(await text("https://a.example/items/1/deep")).toBe("any");
  });

  it("are not given where no rule matches", async () => {
    const rules = [{ url: "https://a.example:8443/x", body: "hi" }];
    expect(await (await answer(rules, "https://a.example:8443/x"))?.text()).toBe("hi");
    expect(await answer(rules, "https://a.example/x")).toBeUndefined();
    expect(await answer(rules, "http://a.example:8443/x")).toBeUndefined();
    expect(await answer([], "https://a.example/x")).toBeUndefined();
  });

  it("end their delay with the request", async () => {
    const rules = [{ url: "https://a.example/slow", delay: 3_600_000 }];
    const abort = new AbortController();
    const pending = answer(rules, "https://a.example/slow", { signal: abort.signal });
    abort.abort(new Error("gone"));
    await expect(pending).rejects.toThrow("gone");
  });
});
