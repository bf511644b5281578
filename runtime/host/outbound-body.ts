import type { ByteSource } from "./byte-stream.ts";

const chunkBytes = 64 * 1024;

/** A body that was collected: all of it, or its beginning when it is longer than the limit. */
export interface CollectedBody {
  bytes: Uint8Array<ArrayBuffer>;
  complete: boolean;
}

/** Reads until the end, or until more than `limit` bytes are there. Rejects when the source fails. */
export async function collect(source: ByteSource, limit: number): Promise<CollectedBody> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= limit) {
    const chunk = await nextChunk(source);
    if (chunk === undefined) return { bytes: concatenate(chunks, length), complete: true };
    chunks.push(chunk);
    length += chunk.length;
  }
  return { bytes: concatenate(chunks, length), complete: false };
}

/** A body that the browser reads as it sends it. `begun` turns true with the first read. */
export interface StreamedBody {
  stream: ReadableStream<Uint8Array>;
  readonly begun: boolean;
}

/** `head` and then the rest of the source, read only as far as the browser asks. */
export function streamBody(head: Uint8Array, rest: ByteSource): StreamedBody {
  let begun = false;
  let first = head.length > 0 ? head : undefined;
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        begun = true;
        const chunk = first ?? (await nextChunk(rest));
        first = undefined;
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
      cancel: () => rest.cancel(),
    },
    // Nothing is read ahead: a body that was not begun can still be sent in another way.
    { highWaterMark: 0 },
  );
  return {
    stream,
    get begun() {
      return begun;
    },
  };
}

export function joinBytes(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatenate([left, right], left.length + right.length);
}

/** The next bytes, never empty; `undefined` at the end. */
async function nextChunk(source: ByteSource): Promise<Uint8Array | undefined> {
  for (;;) {
    const bytes = source.take(chunkBytes);
    // A copy: what a source hands out may be a view that it reuses.
    if (bytes.length > 0) return bytes.slice();
    if (source.state === "failed") throw source.failure ?? new Error("The request body failed.");
    if (source.state === "ended") return undefined;
    await source.ready();
  }
}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
