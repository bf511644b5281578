import { expect, it } from "vitest";
import { defaultLimits, type WireRequest } from "../protocol.ts";
import { incomingRequest } from "./incoming-request.ts";

const wire: WireRequest = {
  method: "GET",
  url: "https://a.test:8443/x%2Fy/?q=%20",
  headers: [],
  body: null,
  clientAddress: "",
};
function seen(more: Partial<WireRequest>, spinHeaders: [string, string][] = [], isChained = false) {
  const { signal } = new AbortController();
  const request = incomingRequest({
    wire: { ...wire, ...more },
    spinHeaders,
    isChained,
    signal,
    limits: defaultLimits,
  });
  return { ...request, headers: request.headers.map(([name, value]) => [name, new TextDecoder().decode(value)]) };
}

it("has the path as it was sent, the host of the address, and the scheme that Spin tells every guest", () => {
  expect(seen({})).toMatchObject({
    scheme: "HTTP",
    authority: "a.test:8443",
    pathWithQuery: "/x%2Fy/?q=%20",
    headers: [["host", "a.test:8443"]],
  });
});

it("has no header of the connection, and Spin's own once, whatever the client sends", () => {
  const headers: WireRequest["headers"] = [
    ["Connection", "keep-alive"],
    ["Spin-Path-Info", "/forged"],
    ["spin-other", "kept"],
    ["host", "b.test"],
  ];
  expect(seen({ headers }, [["spin-path-info", "/é"]]).headers).toEqual([
    ["spin-other", "kept"],
    ["host", "b.test"],
    ["spin-path-info", "/é"],
  ]);
});

it("has no host when it is chained, since it came through no listener", () => {
  expect(seen({ url: "http://back.spin.internal/" }, [], true)).toMatchObject({
    authority: "back.spin.internal",
    headers: [],
  });
});
