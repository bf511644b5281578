import { expect, test } from "vitest";
import type { Trace } from "../../runtime/protocol.ts";
import { afterLoad, navigationTrace } from "./navigation-trace.ts";

const trace = (requestId: string, start: number, part: Partial<Trace> = {}): Trace => ({
  requestId,
  method: "GET",
  url: `http://a.play.localhost/${requestId}`,
  start,
  status: 200,
  spans: [],
  destination: "iframe",
  ...part,
});
const found = (traces: Trace[], began: number, loaded?: number): string | undefined =>
  navigationTrace(traces, { began, loaded })?.requestId;

test("what was asked before the navigation began is of the page before", () => {
  expect(found([trace("old", 10), trace("new", 20)], 15)).toBe("new");
  expect(found([trace("old", 10)], 15)).toBeUndefined();
});

test("requests of a page's scripts, its images and tabs do not count", () => {
  const { destination: _, ...fetched } = trace("fetched", 20);
  expect(found([fetched, trace("image", 21, { destination: "image" })], 15)).toBeUndefined();
  expect(found([trace("tab", 20, { destination: "document" }), trace("page", 22)], 15)).toBe("page");
});

test("a frame within the page asks after the page", () => {
  expect(found([trace("page", 20), trace("inner", 30)], 15, 40)).toBe("page");
});

test("a redirect gives way to where it leads", () => {
  expect(found([trace("from", 20, { status: 302 }), trace("to", 25)], 15)).toBe("to");
});

test("a second load event means that the page went elsewhere", () => {
  const first = afterLoad({ began: 10, loaded: undefined }, 20);
  expect(first).toEqual({ began: 10, loaded: 20 });
  const second = afterLoad(first, 50);
  expect(second).toEqual({ began: 20, loaded: 50 });
  expect(navigationTrace([trace("first", 12), trace("second", 40)], second)?.requestId).toBe("second");
  expect(navigationTrace([trace("first", 12)], second)).toBeUndefined();
});
