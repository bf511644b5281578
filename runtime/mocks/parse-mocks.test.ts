import { describe, expect, it } from "vitest";
import { parseMocks } from "./parse-mocks.ts";

function faults(text: string): string[] {
  const result = parseMocks(text, "mocks.json");
  if (!("diagnostics" in result)) return [];
  return result.diagnostics.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe("mocks.json", () => {
  it("holds rules", () => {
    const rules = [
      { url: "https://api.example.com/items/:id", method: "get", status: 201, headers: { "x-a": "b" }, delay: 5 },
      { url: "*/health", query: { deep: "1" }, body: "ok" },
      { url: "http://localhost:8080/*", body: { items: [1, null] } },
      { tcp: "127.0.0.1:5000", echo: true },
      { tcp: "[::1]:5000", echo: true },
      { url: "https://api.example.com/gone", status: 204 },
    ];
    expect(parseMocks(JSON.stringify(rules), "mocks.json")).toEqual({ rules });
  });

  it("shows where the JSON is wrong", () => {
    expect(parseMocks('[\n  { "url": "https://x/", }\n]', "demo/mocks.json")).toEqual({
      diagnostics: [
        {
          severity: "error",
          code: "mocks-syntax",
          message: "demo/mocks.json is not valid JSON: expected a name in double quotes.",
          file: "demo/mocks.json",
          line: 2,
          column: 26,
        },
      ],
    });
  });

  it("must be an array of objects", () => {
    expect(faults('{"url": "https://x/"}')[0]).toMatch(/^1:1 mocks\.json must be an array of rules/);
    expect(faults('[\n"x"]')).toEqual(["2:1 A rule must be an object."]);
  });

  it("names every fault at its place", () => {
    expect(faults('[\r\n { "status": 99, "metod": "GET" },\r\n { "url": "/x", "delay": -1 } ]')).toEqual([
      '2:14 "status" must be a whole number from 200 to 599.',
      '2:18 A rule has no "metod"; it may have: method, url, query, status, headers, body, delay.',
      '2:2 A rule needs a "url", or "tcp" for a TCP server.',
      '3:11 "url" must be an absolute URL, e.g. "https://api.example.com/items/:id"; ":name" and "*" stand for any text.',
      '3:26 "delay" must be a number of milliseconds, from 0 to 3600000.',
    ]);
  });

  it.each([
    ['{"url": "https://x/?a=1"}', '"url" must not have search parameters; put them into "query".'],
    ['{"url": "https://x/#a"}', '"url" must not have a fragment, as a server never sees one.'],
    ['{"url": "https://x/(a)"}', '"url" must not contain "("; write it percent-encoded.'],
    ['{"url": "https://x/", "method": "A B"}', '"method" must be an HTTP method, e.g. "GET"; leave it out for any.'],
    ['{"url": "https://x/", "query": {"a": 1}}', '"query" must be an object of texts.'],
    ['{"url": "https://x/", "headers": []}', '"headers" must be an object of texts.'],
    [
      '{"url": "https://x/", "headers": {"a b": "c"}}',
      '"headers" has "a b", which is not a valid name with a valid value for a header.',
    ],
    ['{"tcp": "127.0.0.1:5000"}', 'A rule with "tcp" needs "echo": true.'],
    ['{"tcp": "127.0.0.1:5000", "echo": false}', '"echo" must be true: the server sends back what it gets.'],
    ['{"tcp": "127.0.0.1:5000", "echo": true, "body": 1}', 'A rule has no "body"; it may have: tcp, echo.'],
    ...["localhost:5000", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000", "300.0.0.1:1", "[::g]:1"].map(
      (address): [string, string] => [
        `{"tcp": "${address}", "echo": true}`,
        '"tcp" must be an IP address with a port, e.g. "127.0.0.1:5000" or "[::1]:5000".',
      ],
    ),
    ['{"url": "https://x/", "status": 204, "body": ""}', 'A response with status 204 has no body: leave "body" out.'],
  ])("refuses %s", (rule, message) => {
    expect(faults(`[${rule}]`).map((fault) => fault.replace(/^\S+ /, ""))).toEqual([message]);
  });
});
