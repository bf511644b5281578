import type { Span, Trace } from "../../runtime/protocol.ts";
import { traceSpans } from "../../runtime/trace-spans.ts";

/** A span as a line of the waterfall. Times in milliseconds, from the request's arrival. */
export interface WaterfallLine {
  kind: Span["name"];
  /** What the line is called: the kind of span, or the host function that was called. */
  title: string;
  /** What it says beside that, e.g. the request that went out; empty when there is nothing. */
  words: string;
  /** Why it failed. */
  error: string | undefined;
  at: number;
  duration: number;
  /** Where its bar begins and how long it is, of the whole, 0 to 1. */
  left: number;
  width: number;
  /** Whether it began while the guest's handler was at work. */
  inHandler: boolean;
}

/**
 * All spans by the time they began; of those that began together first what took no time, then the longer one. Together they
 * fill the whole of `total` milliseconds.
 */
export function waterfall(trace: Pick<Trace, "spans" | "hostCalls">): { lines: WaterfallLine[]; total: number } {
  const spans = traceSpans(trace);
  const total = spans.reduce((end, { at, duration }) => Math.max(end, at + duration), 0);
  const handler = spans.find(({ name }) => name === "handler");
  const share = (time: number): number => (total === 0 ? 0 : Math.min(1, Math.max(0, time / total)));
  const lines = spans.sort(byBeginning).map((span): WaterfallLine => {
    const { name, at, duration } = span;
    const inHandler =
      handler !== undefined && span !== handler && at >= handler.at && at <= handler.at + handler.duration;
    return { kind: name, ...told(span), at, duration, left: share(at), width: share(duration), inHandler };
  });
  return { lines, total };
}

function byBeginning(a: Span, b: Span): number {
  return a.at - b.at || Number(b.duration === 0) - Number(a.duration === 0) || b.duration - a.duration;
}

function told({ name, detail = "", call }: Span): Pick<WaterfallLine, "title" | "words" | "error"> {
  if (call === undefined) return { title: name, words: detail, error: undefined };
  // What kind of function it is can be read from the rest; the interface and the whole name stand beside it.
  const title = call.function.replace(/^\[(method|static)\]/, "");
  return { title, words: [call.interface, detail].filter(Boolean).join(" "), error: call.error };
}

/** Requests that have the text in their method, path, status or component, without regard to case; newest first. */
export function listTraces(traces: readonly Trace[], text: string): Trace[] {
  const wanted = text.trim().toLowerCase();
  const passes = ({ method, url, status, component = "" }: Trace): boolean =>
    `${method} ${url} ${status} ${component}`.toLowerCase().includes(wanted);
  return traces.filter(passes).toReversed();
}
