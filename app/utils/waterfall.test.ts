import { describe, expect, it } from "vitest";
import type { Span, Trace } from "../../runtime/protocol.ts";
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
      { name: "queue", left: 0, width: 0.1, inHandler: false, words: "", error: undefined },
      { name: "instance", left: 0.1, width: 0.1, inHandler: false },
      { name: "handler", left: 0.2, width: 0.8, inHandler: false },
      { name: "outbound", left: 0.4, width: 0.2, inHandler: true, words: "GET https://example.com/ 200" },
    ]);
  });

  it("tells the fields of a kind of span that it does not know, and its error apart", () => {
    const call = {
      name: "host-call",
      at: 1,
      duration: 2,
      interface: "fermyon:spin/key-value@2.0.0",
      function: "get",
      error: { tag: "access-denied" },
    };
    const { lines } = waterfall(trace([{ name: "handler", at: 1, duration: 4 }, call as unknown as Span]));
    // The longer of two that begin at once is around the other.
    expect(lines.map(({ name }) => name)).toEqual(["handler", "host-call"]);
    expect(lines[1]).toMatchObject({
      words: "fermyon:spin/key-value@2.0.0 get",
      error: '{"tag":"access-denied"}',
      inHandler: true,
    });
  });

  it("has the queue before what followed at once", () => {
    const spans: Span[] = [
      { name: "queue", at: 1, duration: 0 },
      { name: "instance", at: 1, duration: 5 },
    ];
    expect(waterfall(trace(spans)).lines.map(({ name }) => name)).toEqual(["queue", "instance"]);
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
