import type { Diagnostic } from "../../runtime/diagnostic.ts";
import { PlaygroundError } from "../../runtime/errors.ts";
import type { EngineEvent, LogLine, Trace } from "../../runtime/protocol.ts";
import { findTrace, innerTracesOf } from "../../runtime/trace-spans.ts";
import type { Builds } from "./builds.ts";
import { manifestPath } from "./check.ts";
import { type Deferred, deferred } from "../../runtime/deferred.ts";
import type { Place } from "./dependencies.ts";
import type { Findings } from "./findings.ts";
import type { StudioStore } from "./store.ts";

/** Log lines and traces that the state keeps; the oldest go first. */
export const logLimit = 5_000;
export const traceLimit = 200;
/** Milliseconds over which events are put together, so that a chatty guest does not render the page for each line. */
export const batchTime = 16;

export interface EngineEvents {
  receive(event: EngineEvent): void;
  /** Lines of the engine's own, of no request. */
  print(texts: readonly string[], stream: LogLine["stream"]): void;
  /** Puts into the state what has come so far. */
  flush(): void;
  /** A request was sent whose trace will come. */
  expectTrace(requestId: string): void;
  /** The trace of a request, also one that is not yet complete. Rejects with `file-not-found` for an unknown request. */
  trace(requestId: string): Promise<Trace>;
  clearLogs(): void;
  /** The engine is gone: traces that somebody waits for will not come. */
  abandon(): void;
  /** Forgets all: they belong to a workspace. */
  reset(): void;
}

export interface EngineEventContext {
  readonly store: StudioStore;
  readonly findings: Findings;
  /** See `Builds.mapStack`. */
  readonly mapStack: Builds["mapStack"];
  /** Where a component of the running application stands in the manifest. */
  readonly placeOf: (componentId: string) => Place | undefined;
}

/** Brings the engine's events into the state. */
export function createEngineEvents({ store, findings, mapStack, placeOf }: EngineEventContext): EngineEvents {
  let lines: LogLine[] = [];
  let traces: Trace[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expected = new Map<string, Deferred<Trace>>();

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (lines.length === 0 && traces.length === 0) return;
    const [newLines, newTraces] = [lines, traces];
    lines = [];
    traces = [];
    store.setState((state) => ({
      logs: newLines.length === 0 ? state.logs : [...state.logs, ...newLines].slice(-logLimit),
      traces: newTraces.length === 0 ? state.traces : [...state.traces, ...newTraces].slice(-traceLimit),
    }));
    for (const trace of newTraces.flatMap((one) => [one, ...innerTracesOf(one)])) {
      expected.get(trace.requestId)?.resolve(trace);
      expected.delete(trace.requestId);
    }
  };
  const later = (): void => {
    timer ??= setTimeout(flush, batchTime);
  };

  const unknown = (requestId: string): PlaygroundError =>
    new PlaygroundError("file-not-found", `There is no trace of a request ${requestId}, or none any more.`);
  const find = (requestId: string): Trace | undefined =>
    findTrace(traces, requestId) ?? findTrace(store.getState().traces, requestId);
  /** Remembers a request whose trace is still to come, so that `trace` can wait for it. */
  const expect = (requestId: string): void => {
    if (expected.has(requestId) || find(requestId) !== undefined) return;
    const trace = deferred<Trace>();
    // Nobody may ever ask for it.
    trace.promise.catch(() => undefined);
    expected.set(requestId, trace);
  };

  const abandon = (): void => {
    for (const [requestId, trace] of expected) trace.reject(unknown(requestId));
    expected.clear();
  };

  const print: EngineEvents["print"] = (texts, stream) => {
    const time = Date.now();
    lines.push(...texts.map((text): LogLine => ({ time, component: "", stream, requestId: "", text })));
    later();
  };

  return {
    print,
    receive(event) {
      if (event.type === "log") {
        const { requestId, component, text } = event.line;
        lines.push({ ...event.line, text: mapStack(component, text) });
        if (requestId !== "") expect(requestId);
        later();
      } else if (event.type === "trace") {
        traces.push(event.trace);
        later();
      } else if (event.type === "key-value") {
        store.setState((state) => ({ keyValueRevision: state.keyValueRevision + 1 }));
      } else if (event.type === "denied") {
        findings.hint(denial(event, placeOf(event.component)));
      } else if (event.type === "store-denied") {
        findings.hint(storeDenial(event, placeOf(event.component)));
      } else if (event.reason !== undefined) {
        print([event.reason], "engine");
      }
    },
    flush,
    expectTrace: expect,
    async trace(requestId) {
      flush();
      const trace = find(requestId);
      if (trace !== undefined) return trace;
      const coming = expected.get(requestId);
      if (coming === undefined) throw unknown(requestId);
      return coming.promise;
    },
    clearLogs() {
      lines = [];
      store.setState({ logs: [] });
    },
    abandon,
    reset() {
      clearTimeout(timer);
      timer = undefined;
      lines = [];
      traces = [];
      store.setState({ logs: [], traces: [], keyValueRevision: 0 });
      abandon();
    },
  };
}

/** Whether a line is of what Spin prints at the start: no component and no request has it, and it tells nothing of any. */
export function isListing({ component, stream }: LogLine): boolean {
  return component === "" && stream === "stdout";
}

/** A denied destination is no fault of the build, and the request shows it too; in the manifest it can be mended. */
function denial(event: Extract<EngineEvent, { type: "denied" }>, place: Place | undefined): Diagnostic {
  const { component, destination } = event;
  // So the engine names the application itself.
  const entry = destination === "self" ? "http://self" : destination;
  return {
    severity: "warning",
    code: "outbound-denied",
    // The hint begins with what was denied, and ends with what to do.
    message: `Component "${event.component}" was denied ${event.destination}. ${event.hint.split("\n").at(-1)}`,
    file: manifestPath,
    ...place,
    grant: { component, field: "allowed_outbound_hosts", entry },
  };
}

function storeDenial(event: Extract<EngineEvent, { type: "store-denied" }>, place: Place | undefined): Diagnostic {
  const { component, field, label, backed, hint } = event;
  const kind = field === "key_value_stores" ? "key-value store" : "SQLite database";
  return {
    severity: "warning",
    code: "store-denied",
    message: `Component "${component}" was denied the ${kind} "${label}". ${hint}`,
    file: manifestPath,
    ...place,
    ...(backed ? { grant: { component, field, entry: label } } : {}),
  };
}
