import type { ByteSource } from "./byte-stream.ts";

/** A stream of bytes that are all there already. The bytes are not copied. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  let rest = bytes;
  return {
    take(limit) {
      const taken = rest.subarray(0, limit);
      rest = rest.subarray(taken.length);
      return taken;
    },
    get state() {
      return rest.length > 0 ? "open" : "ended";
    },
    failure: undefined,
    ready: () => Promise.resolve(),
    isReady: true,
    cancel() {
      rest = new Uint8Array(0);
    },
  };
}

/** A stream that has ended. */
export function emptySource(): ByteSource {
  return bytesSource(new Uint8Array(0));
}
