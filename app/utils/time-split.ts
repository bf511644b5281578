import type { Trace } from "../../runtime/protocol.ts";

/** A part of the time of one request. */
export interface TimePart {
  name: "queue" | "instance" | "handler" | "other";
  /** Milliseconds. */
  duration: number;
  /** Of the whole, 0 to 1. */
  share: number;
}

/**
 * How the time of a request (in milliseconds, as the studio saw it) divides into waiting for an instance, making it,
 * the guest's handler, and all the rest (messages between the parts, reading the body). A part that took no time is there
 * when the trace has it, as the instance is that was made ahead; without a trace there is the rest alone.
 */
export function splitTime(total: number, trace: Trace | undefined): TimePart[] {
  const measured = (["queue", "instance", "handler"] as const).flatMap((name) => {
    const spans = trace?.spans.filter((span) => span.name === name) ?? [];
    return spans.length === 0 ? [] : [{ name, duration: spans.reduce((sum, { duration }) => sum + duration, 0) }];
  });
  const sum = measured.reduce((time, { duration }) => time + duration, 0);
  const whole = Math.max(total, sum);
  const rest = whole > sum ? [{ name: "other" as const, duration: whole - sum }] : [];
  return [...measured, ...rest].map((part) => ({ ...part, share: whole === 0 ? 0 : part.duration / whole }));
}

/** Milliseconds from a request's arrival at the engine to the end of its last span. */
export function traceDuration(trace: Trace): number {
  return trace.spans.reduce((end, span) => Math.max(end, span.at + span.duration), 0);
}
