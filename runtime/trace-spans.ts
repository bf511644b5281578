import type { HostCallTable, Span, Trace } from "./protocol.ts";

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
