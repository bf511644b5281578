import type { NotedHostCalls } from "../host/host-calls.ts";
import type { Span, Trace } from "../protocol.ts";

/** Characters of names and values; traces are kept in number, so each must be small. */
const largestTrailers = 8 * 1024;

/** Collects what happens to one request, with times from its arrival, and sends it once. */
export class TraceRecorder {
  readonly trace: Trace;
  readonly #emit: (trace: Trace) => void;
  readonly #open = new Set<(outcome?: string) => void>();
  /** Of the instance that has the request. */
  hostCalls: NotedHostCalls | undefined;
  #isSent = false;
  readonly #origin = performance.now();

  constructor(request: Pick<Trace, "requestId" | "method" | "url" | "destination">, emit: (trace: Trace) => void) {
    this.#emit = emit;
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
    const at = this.elapsed;
    const end = (outcome?: string): void => {
      if (!this.#open.delete(end)) return;
      const details = [detail, outcome].filter((part) => part !== undefined);
      const said = details.length === 0 ? {} : { detail: details.join(" ") };
      this.trace.spans.push({ name, at, duration: this.elapsed - at, ...said });
    };
    this.#open.add(end);
    return end;
  }

  /** Sends the trace; later calls do nothing. Spans under way end here, and say so. */
  send(): void {
    if (this.#isSent) return;
    this.#isSent = true;
    for (const end of this.#open) end("unfinished");
    const hostCalls = this.hostCalls?.table(this.#origin);
    if (hostCalls) this.trace.hostCalls = hostCalls;
    this.#emit(this.trace);
  }
}
