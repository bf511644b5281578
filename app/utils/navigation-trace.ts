import type { Trace } from "../../runtime/protocol.ts";

/** When a frame went to where it is, in milliseconds since the epoch. */
export interface Navigation {
  /** Nothing that was asked before belongs to it. */
  began: number;
  /** The frame's `load` event; `undefined` while it is still loading. */
  loaded: number | undefined;
}

/** What the studio knows when a frame fires `load`: it was loading, or its page has gone elsewhere by itself. */
export function afterLoad({ began, loaded }: Navigation, now: number): Navigation {
  return { began: loaded ?? began, loaded: now };
}

/**
 * The request that brought a frame its page. Frames within that page ask later than it does, and a redirect is
 * followed by the request for where it leads.
 */
export function navigationTrace(traces: readonly Trace[], { began, loaded }: Navigation): Trace | undefined {
  return traces.find(
    (trace) =>
      trace.destination === "iframe" &&
      trace.start >= began &&
      (loaded === undefined || trace.start <= loaded) &&
      !(trace.status >= 300 && trace.status < 400),
  );
}
