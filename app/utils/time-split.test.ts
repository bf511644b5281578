import { expect, test } from "vitest";
import type { Trace } from "../../runtime/protocol.ts";
import { splitTime, traceDuration } from "./time-split.ts";

const trace = (spans: Trace["spans"]): Trace => ({
  requestId: "r",
  method: "GET",
  url: "http://a/",
  start: 0,
  status: 200,
  spans,
});

test("spans become parts, and what they do not cover is the rest", () => {
  const spans: Trace["spans"] = [
    { name: "queue", at: 0, duration: 0 },
    { name: "instance", at: 0, duration: 2 },
    { name: "handler", at: 2, duration: 6 },
    { name: "outbound", at: 3, duration: 4 },
  ];
  expect(splitTime(10, trace(spans))).toEqual([
    { name: "queue", duration: 0, share: 0 },
    { name: "instance", duration: 2, share: 0.2 },
    { name: "handler", duration: 6, share: 0.6 },
    { name: "other", duration: 2, share: 0.2 },
  ]);
});

test("without a trace all of it is the rest", () => {
  expect(splitTime(10, undefined)).toEqual([{ name: "other", duration: 10, share: 1 }]);
});

test("spans longer than the total (two clocks) never give a share above one", () => {
  expect(splitTime(1, trace([{ name: "handler", at: 0, duration: 4 }]))).toEqual([
    { name: "handler", duration: 4, share: 1 },
  ]);
});

test("no time at all gives no parts", () => {
  expect(splitTime(0, undefined)).toEqual([]);
});

test("a request lasts until the end of its last span, in whatever order they ended", () => {
  const spans: Trace["spans"] = [
    { name: "handler", at: 2, duration: 6 },
    { name: "instance", at: 0, duration: 2 },
  ];
  expect(traceDuration(trace(spans))).toBe(8);
  expect(traceDuration(trace([]))).toBe(0);
});
