import type { ByteSource } from "./byte-stream.ts";
import { Wakeup, type Waitable } from "./wakeup.ts";

/** The writer's side of a byte stream. `isReady` says whether bytes may be written, or never will be again. */
export interface ByteSink extends Waitable {
  /** Bytes that may be written now; 0 means wait, or that the stream is no longer open. */
  readonly capacity: number;
  /** `closed`: ended by the writer, or the reader wants no more. */
  readonly state: "open" | "closed" | "failed";
  /** Why the stream failed; set exactly when `state` is `failed`. */
  readonly failure: Error | undefined;
  /** Takes over `bytes` (not copied), at most `capacity` of them. Does nothing once the stream is not open. */
  write(bytes: Uint8Array): void;
  /** No more bytes follow; the reader gets what was written. */
  end(): void;
  /** The stream is broken: the reader gets what was written, then the failure. */
  fail(error: Error): void;
}

/** Bytes a pipe holds before its writer has to wait. */
export const pipeCapacity = 64 * 1024;

/** A bounded pipe: what is written to `sink` is read from `source`, and a full pipe makes the writer wait. */
export interface Pipe {
  readonly sink: ByteSink;
  readonly source: ByteSource;
  /** Bytes written since the beginning, read or not. */
  readonly written: number;
}

/** `limit`: bytes the pipe holds before its writer has to wait. */
export function createPipe(limit = pipeCapacity): Pipe {
  const chunks: Uint8Array[] = [];
  let buffered = 0;
  let written = 0;
  let state: "open" | "ended" | "failed" | "cancelled" = "open";
  let failure: Error | undefined;
  const readable = new Wakeup();
  const writable = new Wakeup();

  function close(reason: "ended" | "failed" | "cancelled", error?: Error): void {
    if (state === "open") {
      state = reason;
      failure = error;
    }
    readable.wake();
    writable.wake();
  }

  const sink: ByteSink = {
    get capacity() {
      return state === "open" ? Math.max(0, limit - buffered) : 0;
    },
    get state() {
      return state === "open" || state === "failed" ? state : "closed";
    },
    get failure() {
      return failure;
    },
    get isReady() {
      return state !== "open" || buffered < limit;
    },
    ready: () => (sink.isReady ? Promise.resolve() : writable.wait()),
    write(bytes) {
      if (state !== "open" || bytes.length === 0) return;
      chunks.push(bytes);
      buffered += bytes.length;
      written += bytes.length;
      readable.wake();
    },
    end: () => close("ended"),
    fail: (error) => close("failed", error),
  };

  const source: ByteSource = {
    get state() {
      if (buffered > 0) return "open";
      return state === "cancelled" ? "ended" : state;
    },
    get failure() {
      return buffered > 0 ? undefined : failure;
    },
    get isReady() {
      return buffered > 0 || state !== "open";
    },
    ready: () => (source.isReady ? Promise.resolve() : readable.wait()),
    take(limit) {
      const taken = takeChunks(chunks, Math.min(limit, buffered));
      buffered -= taken.length;
      if (taken.length > 0) writable.wake();
      return taken;
    },
    cancel() {
      chunks.length = 0;
      buffered = 0;
      close("cancelled");
    },
  };

  return {
    sink,
    source,
    get written() {
      return written;
    },
  };
}

/** Removes the first `count` bytes from a list of chunks; a single chunk is handed over without a copy. */
export function takeChunks(chunks: Uint8Array[], count: number): Uint8Array {
  const first = chunks[0];
  if (first === undefined || count <= 0) return new Uint8Array(0);
  if (first.length > count) {
    chunks[0] = first.subarray(count);
    return first.subarray(0, count);
  }
  if (first.length === count) {
    chunks.shift();
    return first;
  }
  const out = new Uint8Array(count);
  let filled = 0;
  while (filled < count) {
    const part = takeChunks(chunks, Math.min(count - filled, chunks[0]?.length ?? 0));
    if (part.length === 0) break;
    out.set(part, filled);
    filled += part.length;
  }
  return filled === count ? out : out.subarray(0, filled);
}
