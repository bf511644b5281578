import type { Span, Trace } from "../../runtime/protocol.ts";
import { innerTracesOf, traceSpans } from "../../runtime/trace-spans.ts";

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
  /** How far in it stands: what began while the guest's handler was at work is one further in, as an inner request is. */
  level: number;
}

type Timed = Omit<WaterfallLine, "left" | "width">;

/**
 * All spans by the time they began; of those that began together first what took no time, then the longer one. The spans of
 * a request within this one follow the span of that request. Together they fill the whole of `total` milliseconds.
 */
export function waterfall(trace: Pick<Trace, "spans" | "hostCalls">): { lines: WaterfallLine[]; total: number } {
  const lines = timedLines(trace, 0, 0);
  const total = lines.reduce((end, { at, duration }) => Math.max(end, at + duration), 0);
  const share = (time: number): number => (total === 0 ? 0 : Math.min(1, Math.max(0, time / total)));
  return { lines: lines.map((line) => ({ ...line, left: share(line.at), width: share(line.duration) })), total };
}

/** `start`: milliseconds from the beginning of the outermost request to that of this one. */
function timedLines(trace: Pick<Trace, "spans" | "hostCalls">, start: number, level: number): Timed[] {
  const spans = traceSpans(trace).sort(byBeginning);
  const handler = spans.find(({ name }) => name === "handler");
  return spans.flatMap((span) => {
    const { name, at, duration, inner } = span;
    const inHandler =
      handler !== undefined && span !== handler && at >= handler.at && at <= handler.at + handler.duration;
    const own = inHandler ? level + 1 : level;
    const line: Timed = { kind: name, ...told(span), at: start + at, duration, level: own };
    return inner === undefined ? [line] : [line, ...timedLines(inner, start + inner.at, own + 1)];
  });
}

function byBeginning(a: Span, b: Span): number {
  return a.at - b.at || Number(b.duration === 0) - Number(a.duration === 0) || b.duration - a.duration;
}

function told({ name, detail = "", call, inner }: Span): Pick<WaterfallLine, "title" | "words" | "error"> {
  if (inner !== undefined) {
    // Which component answered comes first: there may be no room for more.
    const words = inner.component === undefined ? detail : `${inner.component}: ${detail}`;
    return { title: name, words, error: inner.failure?.message };
  }
  if (call === undefined) return { title: name, words: detail, error: undefined };
  // What kind of function it is can be read from the rest; the interface and the whole name stand beside it.
  const title = call.function.replace(/^\[(method|static)\]/, "");
  return { title, words: [call.interface, detail].filter(Boolean).join(" "), error: call.error };
}

/** The trace in which a request is found: its own, or that of the outermost request it lies within. */
export function outermostTrace(traces: readonly Trace[], requestId: string): Trace | undefined {
  const is = (trace: Trace): boolean => trace.requestId === requestId;
  return traces.findLast(is) ?? traces.findLast((trace) => innerTracesOf(trace).some(is));
}

/**
 * Requests that have the text in their method, path, status or component, or in those of a request within them, without
 * regard to case; newest first.
 */
export function listTraces(traces: readonly Trace[], text: string): Trace[] {
  const wanted = text.trim().toLowerCase();
  const passes = ({ method, url, status, component = "" }: Trace): boolean =>
    `${method} ${url} ${status} ${component}`.toLowerCase().includes(wanted);
  return traces.filter((trace) => passes(trace) || innerTracesOf(trace).some(passes)).toReversed();
}
