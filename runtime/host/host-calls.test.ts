import { expect, test } from "vitest";
import { traceSpans } from "../trace-spans.ts";
import { NotedHostCalls } from "./host-calls.ts";
import { WitError } from "./wit-error.ts";

const names = ["wasi:io/poll@0.2.10#poll", "wasi:random/random@0.2.10#get-random-u64", "x:y/z#[static]store.open"];

test("each call is a span with the function, its time and the error that the guest got", () => {
  const calls = new NotedHostCalls(names, 10);
  const origin = performance.now();
  calls.leave(1, calls.enter());
  calls.fail(2, calls.enter(), new WitError({ tag: "other", val: "no room" }));
  calls.fail(2, calls.enter(), new Error("a trap"));
  const table = calls.table(origin);
  // Only names that are used travel with the trace.
  expect(table?.names).toEqual(names.slice(1));
  const spans = traceSpans({
    spans: [{ name: "handler", at: -1, duration: 5 }],
    ...(table ? { hostCalls: table } : {}),
  });
  expect(spans.map(({ name, call }) => [name, call])).toEqual([
    ["handler", undefined],
    ["host-call", { interface: "wasi:random/random@0.2.10", function: "get-random-u64" }],
    ["host-call", { interface: "x:y/z", function: "[static]store.open", error: "other: no room" }],
    ["host-call", { interface: "x:y/z", function: "[static]store.open", error: "a trap" }],
  ]);
  for (const { at, duration } of spans.slice(1)) expect(at >= 0 && duration >= 0).toBe(true);
});

test("calls beyond the limit are counted, and their errors left out", () => {
  const calls = new NotedHostCalls(names, 2);
  for (let index = 0; index < 5; index += 1) calls.fail(0, calls.enter(), new Error("late"));
  expect(calls.table(0)).toMatchObject({
    dropped: 3,
    errors: [
      [0, "late"],
      [1, "late"],
    ],
  });
  expect(calls.table(0)?.calls).toHaveLength(2);
});

test("nothing is said of an instance that called nothing", () => {
  expect(new NotedHostCalls(names, 2).table(0)).toBeUndefined();
});
