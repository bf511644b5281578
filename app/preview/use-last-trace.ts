import type { Trace } from "../../runtime/protocol.ts";
import { useStudio } from "../kernel/store.ts";
import { pathOfUrl } from "../utils/request-path.ts";

/** What happened to the newest request for this path, if it is still known. */
export function useLastTrace(path: string): Trace | undefined {
  return useStudio((state) => state.traces.findLast((trace) => pathOfUrl(trace.url) === path));
}

/** Milliseconds from a request's arrival to the end of its last span. */
export function traceDuration(trace: Trace): number {
  return trace.spans.reduce((end, span) => Math.max(end, span.at + span.duration), 0);
}
