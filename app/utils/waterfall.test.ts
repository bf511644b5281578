import { describe, expect, it } from "vitest";
import type { HostCallTable, Span, Trace } from "../../runtime/protocol.ts";
import { listTraces, outermostTrace, waterfall } from "./waterfall.ts";

const trace = (spans: Span[], more: Partial<Trace> = {}): Trace => ({
  requestId: "r",
  method: "GET",
  url: "http://a.play.localhost/",
  start: 0,
  status: 200,
  spans,
  ...more,
});

describe("waterfall", () => {
  it("puts the spans in the order in which they began, as parts of the whole", () => {
    const { lines, total } = waterfall(
      trace([
        { name: "outbound", at: 40, duration: 20, detail: "GET https://example.com/ 200" },
        { name: "handler", at: 20, duration: 80 },
        { name: "queue", at: 0, duration: 10 },
        { name: "instance", at: 10, duration: 10 },
      ]),
    );
    expect(total).toBe(100);
    expect(lines).toMatchObject([
      { kind: "queue", title: "queue", left: 0, width: 0.1, level: 0, words: "", error: undefined },
      { kind: "instance", left: 0.1, width: 0.1, level: 0 },
      { kind: "handler", left: 0.2, width: 0.8, level: 0 },
      { kind: "outbound", left: 0.4, width: 0.2, level: 1, words: "GET https://example.com/ 200" },
    ]);
  });

  it("calls a host call by its function, with its interface beside it and its error apart", () => {
    const hostCalls: HostCallTable = {
      names: ["fermyon:spin/key-value@2.0.0#[method]store.get", "wasi:cli/environment@0.2.10#get-environment"],
      calls: Uint16Array.of(0, 1),
      at: Float32Array.of(2, 1),
      durations: Float32Array.of(4, 1),
      errors: [[0, "access-denied"]],
      dropped: 0,
    };
    const { lines, total } = waterfall({ spans: [{ name: "handler", at: 1, duration: 4 }], hostCalls });
    expect(total).toBe(6);
    expect(lines).toMatchObject([
      // The longer of two that begin at once is around the other.
      { title: "handler" },
      { kind: "host-call", title: "get-environment", words: "wasi:cli/environment@0.2.10", error: undefined },
      {
        title: "store.get",
        words: "fermyon:spin/key-value@2.0.0",
        error: "access-denied",
        level: 1,
        left: 1 / 3,
      },
    ]);
  });

  it("puts the spans of an inner request behind the one that it is, further in and where they lie in time", () => {
    const inner = { ...trace([], { component: "back" }), at: 3 };
    const { lines, total } = waterfall(
      trace([
        { name: "handler", at: 1, duration: 9 },
        {
          name: "outbound",
          at: 2,
          duration: 4,
          detail: "GET http://back.spin.internal/ 500",
          inner: {
            ...inner,
            failure: { code: "instance-failed", message: "it broke" },
            spans: [
              { name: "handler", at: 1, duration: 2 },
              {
                name: "outbound",
                at: 2,
                duration: 0,
                inner: { ...inner, spans: [{ name: "queue", at: 1, duration: 7 }] },
              },
            ],
          },
        },
        { name: "outbound", at: 2.5, duration: 1, detail: "GET https://example.com/ 200" },
      ]),
    );
    expect(total).toBe(14);
    expect(lines.map(({ title, at, level }) => [title, at, level])).toEqual([
      ["handler", 1, 0],
      ["outbound", 2, 1],
      ["handler", 4, 2],
      ["outbound", 5, 3],
      ["queue", 7, 4],
      ["outbound", 2.5, 1],
    ]);
    expect(lines[1]).toMatchObject({ words: "back: GET http://back.spin.internal/ 500", error: "it broke" });
  });

  it("has the queue before what followed at once", () => {
    const spans: Span[] = [
      { name: "queue", at: 1, duration: 0 },
      { name: "instance", at: 1, duration: 5 },
    ];
    expect(waterfall(trace(spans)).lines.map(({ title }) => title)).toEqual(["queue", "instance"]);
  });

  it("has lines for spans that took no time at all", () => {
    expect(waterfall(trace([{ name: "queue", at: 0, duration: 0 }]))).toMatchObject({
      total: 0,
      lines: [{ left: 0, width: 0 }],
    });
  });
});

describe("listTraces", () => {
  const traces = [
    trace([], { requestId: "1", method: "POST", url: "http://a.play.localhost/items?x=1", component: "shop" }),
    trace([], { requestId: "2", status: 404 }),
  ];
  const found = (text: string) => listTraces(traces, text).map(({ requestId }) => requestId);

  it("has the newest first", () => expect(found("")).toEqual(["2", "1"]));
  it("finds what a request asked of the application itself", () => {
    const inner = { ...trace([], { requestId: "3", component: "back" }), at: 0 };
    const outer = trace([{ name: "outbound", at: 0, duration: 1, inner }]);
    expect(listTraces([outer, ...traces], "BACK")).toEqual([outer]);
    expect(outermostTrace([outer, ...traces], "3")).toBe(outer);
    expect(outermostTrace([outer, ...traces], "2")).toBe(traces[1]);
  });
  it.each([
    ["post", ["1"]],
    [" ITEMS ", ["1"]],
    ["shop", ["1"]],
    ["404", ["2"]],
    ["none", []],
  ])("finds %j", (text, ids) => expect(found(text)).toEqual(ids));
});
