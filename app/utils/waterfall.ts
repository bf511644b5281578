import type { Span, Trace } from "../../runtime/protocol.ts";
import { traceDuration } from "./time-split.ts";

/** A span as a line of the waterfall. Times in milliseconds, from the request's arrival. */
export interface WaterfallLine {
  name: string;
  /** What it says beside its name and times, e.g. the request that went out; empty when there is nothing. */
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
  /** Number of the hue token that stands for its name. */
  hue: number;
}

/** Spans by the time they began, of those that began together first what took no time, then the longer one; together they fill the whole of `total` milliseconds. */
export function waterfall(trace: Trace): { lines: WaterfallLine[]; total: number } {
  const total = traceDuration(trace);
  const handler = trace.spans.find(({ name }) => name === "handler");
  const share = (time: number): number => (total === 0 ? 0 : Math.min(1, Math.max(0, time / total)));
  const lines = trace.spans
    .toSorted((a, b) => a.at - b.at || Number(b.duration === 0) - Number(a.duration === 0) || b.duration - a.duration)
    .map((span): WaterfallLine => {
      const { name, at, duration } = span;
      const isIn = handler !== undefined && span !== handler && at >= handler.at && at <= handler.at + handler.duration;
      return {
        name,
        at,
        duration,
        left: share(at),
        width: share(duration),
        inHandler: isIn,
        ...told(span),
        hue: hueOf(name),
      };
    });
  return { lines, total };
}

/** Every further field of a span is told as it is, so that another kind of span needs nothing here. */
function told(span: Span): { words: string; error: string | undefined } {
  const { name: _name, at: _at, duration: _duration, ...rest } = span;
  const { error, ...further }: Record<string, unknown> = rest;
  return { words: Object.values(further).map(inWords).filter(Boolean).join(" "), error: inWords(error) };
}

function inWords(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** As the request panel colours them. */
const hues: Record<string, number> = { handler: 0, instance: 1, queue: 2, outbound: 3 };
const otherHues = [4, 5] as const;

function hueOf(name: string): number {
  return hues[name] ?? otherHues[name.length % otherHues.length] ?? 0;
}

/** Requests that have the text in their method, path, status or component, without regard to case; newest first. */
export function listTraces(traces: readonly Trace[], text: string): Trace[] {
  const wanted = text.trim().toLowerCase();
  const passes = ({ method, url, status, component = "" }: Trace): boolean =>
    `${method} ${url} ${status} ${component}`.toLowerCase().includes(wanted);
  return traces.filter(passes).toReversed();
}
