import type { Span, Trace } from "../protocol.ts";

/** Collects what happens to one request, with times from its arrival. */
export class TraceRecorder {
  readonly trace: Trace;
  readonly #origin = performance.now();

  constructor(request: Pick<Trace, "requestId" | "method" | "url" | "destination">) {
    this.trace = { ...request, start: Date.now(), status: 0, spans: [] };
  }

  /** Milliseconds since the request came. */
  get elapsed(): number {
    return performance.now() - this.#origin;
  }

  /** Starts a span; the returned function ends it, once, and may say more than was known at the start. */
  begin(name: Span["name"], detail?: string): (outcome?: string) => void {
    const at = this.elapsed;
    let ended = false;
    return (outcome) => {
      if (ended) return;
      ended = true;
      const details = [detail, outcome].filter((part) => part !== undefined);
      const said = details.length === 0 ? {} : { detail: details.join(" ") };
      this.trace.spans.push({ name, at, duration: this.elapsed - at, ...said });
    };
  }
}
