import { describe, expect, it } from "vitest";
import type { HostCallTable, Span, Trace } from "../../runtime/protocol.ts";
import { listTraces, waterfall } from "./waterfall.ts";

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
      { kind: "queue", title: "queue", left: 0, width: 0.1, inHandler: false, words: "", error: undefined },
      { kind: "instance", left: 0.1, width: 0.1, inHandler: false },
      { kind: "handler", left: 0.2, width: 0.8, inHandler: false },
      { kind: "outbound", left: 0.4, width: 0.2, inHandler: true, words: "GET https://example.com/ 200" },
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
        inHandler: true,
        left: 1 / 3,
      },
    ]);
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
  it.each([
    ["post", ["1"]],
    [" ITEMS ", ["1"]],
    ["shop", ["1"]],
    ["404", ["2"]],
    ["none", []],
  ])("finds %j", (text, ids) => expect(found(text)).toEqual(ids));
});
