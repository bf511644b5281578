import type { ByteSource } from "./byte-stream.ts";

/**
 * The same stream, which fails with `failure()` once its reader asks for more than `limit` bytes. The producer is told
 * that nobody reads on.
 */
export function limitedSource(source: ByteSource, limit: number, failure: () => Error): ByteSource {
  let left = limit;
  let exceeded: Error | undefined;
  const check = (): void => {
    if (exceeded || left > 0) return;
    // One more byte decides whether the stream is just as long as the limit or longer.
    if (source.take(1).length === 0) return;
    exceeded = failure();
    source.cancel();
  };
  return {
    take(most) {
      if (exceeded) return new Uint8Array(0);
      const bytes = source.take(Math.min(most, left));
      left -= bytes.length;
      if (bytes.length === 0 && most > 0) check();
      return bytes;
    },
    get state() {
      if (exceeded) return "failed";
      return source.state;
    },
    get failure() {
      return exceeded ?? source.failure;
    },
    get isReady() {
      return exceeded !== undefined || source.isReady;
    },
    ready: () => (exceeded ? Promise.resolve() : source.ready()),
    cancel: () => source.cancel(),
  };
}
