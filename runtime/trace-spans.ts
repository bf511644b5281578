import type { HostCallTable, InnerTrace, Span, Trace } from "./protocol.ts";

/** The requests within this one: those that it made of the application itself, and those that they made in turn. */
export function innerTracesOf({ spans }: Pick<Trace, "spans">): InnerTrace[] {
  return spans.flatMap(({ inner }) => (inner ? [inner, ...innerTracesOf(inner)] : []));
}

/** The trace of a request, or of one within it. */
export function findTrace(traces: readonly Trace[], requestId: string): Trace | undefined {
  return (
    traces.findLast((trace) => trace.requestId === requestId) ??
    traces.flatMap(innerTracesOf).findLast((trace) => trace.requestId === requestId)
  );
}

/** The trace with host calls as spans, in the requests within it too; without them where `hostCalls` is false. */
export function asSpans<T extends Trace>({ hostCalls, ...trace }: T, withHostCalls = true): Omit<T, "hostCalls"> {
  const spans = traceSpans({ spans: trace.spans, ...(hostCalls && withHostCalls ? { hostCalls } : {}) });
  return {
    ...trace,
    spans: spans.map((span) => (span.inner ? { ...span, inner: asSpans(span.inner, withHostCalls) } : span)),
  };
}

/** All spans of a request in the order of their beginning, its host calls among them. */
export function traceSpans({ spans, hostCalls }: Pick<Trace, "spans" | "hostCalls">): Span[] {
  const all = hostCalls ? [...spans, ...hostCallSpans(hostCalls)] : [...spans];
  return all.sort((a, b) => a.at - b.at);
}

/** The rows of the table in which host calls are sent. */
function hostCallSpans({ names, calls, at, durations, errors }: HostCallTable): Span[] {
  const failed = new Map(errors);
  return Array.from(calls, (call, index): Span => {
    const [interfaceName = "", functionName = ""] = (names[call] ?? "").split("#");
    const error = failed.get(index);
    return {
      name: "host-call",
      at: at[index] ?? 0,
      duration: durations[index] ?? 0,
      call: { interface: interfaceName, function: functionName, ...(error === undefined ? {} : { error }) },
    };
  });
}
