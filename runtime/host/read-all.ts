import { PlaygroundError } from "../errors.ts";
import type { ByteSource } from "./byte-stream.ts";

/** All bytes of a stream. Rejects with its failure, or with `limit-exceeded` when there are more than `most`. */
export async function readAll(source: ByteSource, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (source.state === "open") {
    const chunk = source.take(most + 1);
    if (chunk.length === 0) await source.ready();
    else {
      chunks.push(chunk);
      length += chunk.length;
    }
    if (length > most) {
      source.cancel();
      throw new PlaygroundError(
        "limit-exceeded",
        `A body is longer than ${most} bytes, which is all that is read at once.`,
      );
    }
  }
  if (source.failure) throw source.failure;
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
