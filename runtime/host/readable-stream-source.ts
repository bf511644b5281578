import type { ByteSource } from "./byte-stream.ts";

/**
 * A web stream as a byte source. One chunk is read ahead at most, and only once somebody wants bytes, so the stream's own
 * backpressure holds. Cancelling the source, or aborting the signal, cancels the stream.
 */
export function readableStreamSource(stream: ReadableStream<Uint8Array>, signal?: AbortSignal): ByteSource {
  const source = new ReadableStreamSource(stream);
  if (signal?.aborted) source.cancel();
  else signal?.addEventListener("abort", () => source.cancel(), { once: true });
  return source;
}

class ReadableStreamSource implements ByteSource {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);
  #end: "open" | "ended" | "failed" = "open";
  #failure: Error | undefined;
  #pull: Promise<void> | undefined;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  take(limit: number): Uint8Array {
    const taken = this.#chunk.subarray(0, limit);
    this.#chunk = this.#chunk.subarray(taken.length);
    // A guest may read without ever subscribing; its next try then finds something.
    if (taken.length === 0 && limit > 0 && this.#end === "open") void this.ready();
    return taken;
  }

  get state(): "open" | "ended" | "failed" {
    return this.#chunk.length > 0 ? "open" : this.#end;
  }

  get failure(): Error | undefined {
    return this.#chunk.length > 0 ? undefined : this.#failure;
  }

  get isReady(): boolean {
    return this.#chunk.length > 0 || this.#end !== "open";
  }

  ready(): Promise<void> {
    if (this.isReady) return Promise.resolve();
    this.#pull ??= this.#read();
    return this.#pull;
  }

  cancel(): void {
    const open = this.#end === "open";
    this.#chunk = new Uint8Array(0);
    if (!open) return;
    this.#end = "ended";
    // The producer's own trouble with being cancelled is of no interest to a reader that has gone.
    this.#reader.cancel().catch(() => undefined);
  }

  async #read(): Promise<void> {
    try {
      // Empty chunks are legal and mean nothing.
      while (this.#chunk.length === 0 && this.#end === "open") {
        const { done, value } = await this.#reader.read();
        if (this.#end !== "open") return;
        if (done) this.#end = "ended";
        else this.#chunk = value;
      }
    } catch (error) {
      // Handed to the reader as a value, after the bytes that came before it.
      this.#end = "failed";
      this.#failure = error instanceof Error ? error : new Error(String(error));
    } finally {
      this.#pull = undefined;
    }
  }
}
