import { expect, test } from "vitest";
import type { Trace } from "../protocol.ts";
import { TraceRecorder } from "./trace-recorder.ts";

test("sends a trace once, and says of spans that they were under way", () => {
  const sent: Trace[] = [];
  const recorder = new TraceRecorder({ requestId: "r", method: "GET", url: "/" }, (trace) => {
    sent.push(structuredClone(trace));
  });
  const endQueue = recorder.begin("queue");
  const endOutbound = recorder.begin("outbound", "GET https://api.example.com/");
  endQueue();
  endQueue();
  recorder.send();
  endOutbound("200");
  recorder.send();
  expect(sent.map(({ spans }) => spans.map(({ name, detail }) => [name, detail]))).toEqual([
    [
      ["queue", undefined],
      ["outbound", "GET https://api.example.com/ unfinished"],
    ],
  ]);
});
