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
 * the guest's handler, and all the rest (messages between the parts, reading the body). Empty parts are left out.
 */
export function splitTime(total: number, trace: Trace | undefined): TimePart[] {
  const durationOf = (name: string): number =>
    (trace?.spans ?? []).filter((span) => span.name === name).reduce((sum, span) => sum + span.duration, 0);
  const queue = durationOf("queue");
  const instance = durationOf("instance");
  const handler = durationOf("handler");
  const measured = queue + instance + handler;
  const whole = Math.max(total, measured);
  const parts: [TimePart["name"], number][] = [
    ["queue", queue],
    ["instance", instance],
    ["handler", handler],
    ["other", whole - measured],
  ];
  return parts
    .filter(([, duration]) => duration > 0)
    .map(([name, duration]) => ({ name, duration, share: duration / whole }));
}

/** Milliseconds from a request's arrival at the engine to the end of its last span. */
export function traceDuration(trace: Trace): number {
  return trace.spans.reduce((end, span) => Math.max(end, span.at + span.duration), 0);
}
