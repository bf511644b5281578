import type { ByteSource } from "./byte-stream.ts";

const chunkBytes = 64 * 1024;

/** Reads to the end and forgets the bytes. Settles (never rejects) when the stream is no longer open. */
export async function drain(source: ByteSource): Promise<void> {
  while (source.state === "open") {
    if (source.take(chunkBytes).length === 0) await source.ready();
  }
}
