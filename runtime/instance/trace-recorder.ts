import type { NotedHostCalls } from "../host/host-calls.ts";
import { innerTraces, type Span, type Trace } from "../protocol.ts";

/** Characters of names and values; traces are kept in number, so each must be small. */
const largestTrailers = 8 * 1024;

/** What is known of a request when it comes. */
export type TracedRequest = Pick<Trace, "requestId" | "method" | "url" | "destination">;

/** An outbound request under way. */
export interface OutboundSpan {
  /** Ends the span, once. */
  end(outcome: string): void;
  /** The recorder of the request within the application that this one is: its trace becomes a part of the span. */
  within(request: TracedRequest): TraceRecorder;
}

/** What all recorders of requests within one another share. */
interface Outermost {
  /** How many more inner traces it takes. */
  room: number;
  emit: (trace: Trace) => void;
}

/** Collects what happens to one request, with times from its arrival, and sends it once. */
export class TraceRecorder {
  readonly trace: Trace;
  readonly #emit: (trace: Trace) => void;
  readonly #open = new Set<(outcome?: string) => void>();
  /** Requests of the guest to the application itself that are under way. */
  readonly #inner = new Set<TraceRecorder>();
  readonly #outermost: Outermost;
  /** Of the instance that has the request. */
  hostCalls: NotedHostCalls | undefined;
  #isSent = false;
  readonly #origin = performance.now();

  constructor(
    request: TracedRequest,
    emit: (trace: Trace) => void,
    outermost: Outermost = { room: innerTraces, emit },
  ) {
    this.#emit = emit;
    this.#outermost = outermost;
    this.trace = { ...request, start: Date.now(), status: 0, spans: [] };
  }

  /** Milliseconds since the request came. */
  get elapsed(): number {
    return performance.now() - this.#origin;
  }

  /** Keeps the trailers of the response, as far as they are small. */
  trailers(trailers: [string, string][]): void {
    const length = trailers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    if (length > 0 && length <= largestTrailers) this.trace.trailers = trailers;
  }

  /** Starts a span; the returned function ends it, once, and may say more than was known at the start. */
  begin(name: Span["name"], detail?: string): (outcome?: string) => void {
    return this.#begin({ name, at: this.elapsed, duration: 0, ...(detail === undefined ? {} : { detail }) });
  }

  /** Starts the span of a request that the guest makes. */
  beginOutbound(detail: string): OutboundSpan {
    const span: Span = { name: "outbound", at: this.elapsed, duration: 0, detail };
    return { end: this.#begin(span), within: (request) => this.#within(span, request) };
  }

  #begin(span: Span): (outcome?: string) => void {
    const end = (outcome?: string): void => {
      if (!this.#open.delete(end)) return;
      span.duration = this.elapsed - span.at;
      if (outcome !== undefined) span.detail = span.detail === undefined ? outcome : `${span.detail} ${outcome}`;
      this.trace.spans.push(span);
    };
    this.#open.add(end);
    return end;
  }

  #within(span: Span, request: TracedRequest): TraceRecorder {
    const at = this.elapsed;
    // A guest may go on when its trace has gone.
    if (this.#isSent) return new TraceRecorder(request, this.#outermost.emit);
    const isKept = this.#outermost.room > 0;
    if (isKept) this.#outermost.room -= 1;
    const inner = new TraceRecorder(
      request,
      (trace) => {
        this.#inner.delete(inner);
        if (isKept) span.inner = { ...trace, at };
      },
      this.#outermost,
    );
    this.#inner.add(inner);
    return inner;
  }

  /** Sends the trace; later calls do nothing. Spans under way end here, and say so, as those of inner requests do. */
  send(): void {
    if (this.#isSent) return;
    this.#isSent = true;
    for (const inner of this.#inner) inner.send();
    for (const end of this.#open) end("unfinished");
    const hostCalls = this.hostCalls?.table(this.#origin);
    if (hostCalls) this.trace.hostCalls = hostCalls;
    this.#emit(this.trace);
  }
}
