import { describe, expect, it } from "vitest";
import { fromBrowserHeaders, toBrowserHeaders, type HeaderBytes } from "./outbound-headers.ts";

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe("headers of outbound requests", () => {
  it("keep order, case-insensitive names and bytes beyond ASCII", () => {
    const { headers, dropped } = toBrowserHeaders([
      ["X-A", latin1("1")],
      ["x-a", latin1("2")],
      ["x-utf8", new TextEncoder().encode("é")],
    ]);
    expect([...headers]).toEqual([
      ["x-a", "1, 2"],
      ["x-utf8", "\u00c3\u00a9"],
    ]);
    expect(dropped).toEqual([]);
  });

  it("name what the browser will not send, and are silent about what it sets itself", () => {
    const names = ["Host", "Content-Length", "Cookie", "Sec-Fetch-Mode", "Proxy-X", "x-ok", "bad name"];
    const { headers, dropped } = toBrowserHeaders(names.map((name): HeaderBytes => [name, latin1("1")]));
    expect([...headers.keys()]).toEqual(["x-ok"]);
    expect(dropped).toEqual(["cookie", "sec-fetch-mode", "proxy-x", "bad name"]);
  });
});

describe("headers of responses", () => {
  const headers = new Headers({ "content-encoding": "gzip", "content-length": "20", "x-a": "\u00e9" });

  it("become bytes", () => {
    expect(fromBrowserHeaders(headers, false)).toContainEqual(["x-a", Uint8Array.of(0xe9)]);
    expect(fromBrowserHeaders(headers, false)).toHaveLength(3);
  });

  it("lose what is no longer true of a decoded body", () => {
    expect(fromBrowserHeaders(headers, true).map(([name]) => name)).toEqual(["x-a"]);
  });
});
