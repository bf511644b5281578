import type { ByteSource } from "../byte-stream.ts";
import type { InstanceContext } from "../context.ts";
import { createPipe } from "../pipe.ts";

/** A `stream<u8>` of the guest, as jco's glue gives it to the host. */
export interface GuestStream {
  /** Waits for bytes, at most `count`; `done` when there will be no more. */
  read(options: { count: number }): Promise<{ value?: Uint8Array | number[]; done: boolean }>;
  [Symbol.dispose](): void;
}

/** The context's part that streams need. */
export type StreamContext = Pick<InstanceContext, "progress" | "signal">;

/** Bytes that are asked for or given at once. */
const chunkBytes = 64 * 1024;

/**
 * A byte source as a `stream<u8>` for the guest: it is read as the guest reads. A stream cannot fail in WIT, and jco's glue
 * waits for ever when one throws; so a source that fails ends, and `failure` of it is for the future beside the stream.
 */
export async function* toComponentStream(source: ByteSource, context: StreamContext): AsyncGenerator<Uint8Array> {
  try {
    while (source.state === "open") {
      const bytes = source.take(chunkBytes);
      if (bytes.length > 0) {
        context.progress();
        yield bytes;
      } else {
        await source.ready();
      }
    }
  } finally {
    source.cancel();
    context.progress();
  }
}

/** What the host reads of a guest's stream, and how it can end it. */
export interface IncomingStream {
  readonly source: ByteSource;
  /** The guest will write no more: what it has written is there, then the failure. Does nothing after the end. */
  fail(error: Error): void;
}

/**
 * A guest's `stream<u8>` as a byte source. It is read ahead by one chunk, and no further than somebody wants the bytes.
 * Cancelling it drops the stream, which the guest's next write finds out. `onBytes` and `onEnd` may throw, and the source
 * then fails; it does not end before `onEnd` has settled.
 */
export function fromComponentStream(
  stream: GuestStream,
  context: StreamContext,
  onBytes: (length: number) => void,
  onEnd: () => Promise<void>,
): IncomingStream {
  const { sink, source } = createPipe(chunkBytes);
  const pump = async (): Promise<void> => {
    while (sink.state === "open") {
      if (sink.capacity === 0) {
        await sink.ready();
        continue;
      }
      const reading = stream.read({ count: sink.capacity });
      context.progress();
      const { value, done } = await reading;
      if (value !== undefined && value.length > 0) {
        onBytes(value.length);
        sink.write(Uint8Array.from(value));
      }
      if (!done) continue;
      await onEnd();
      return sink.end();
    }
    stream[Symbol.dispose]();
    context.progress();
  };
  pump().catch((error: unknown) => sink.fail(error instanceof Error ? error : new Error(String(error))));
  context.signal.addEventListener("abort", () => source.cancel(), { once: true });
  return { source, fail: (error) => sink.fail(error) };
}
