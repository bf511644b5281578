import type { ByteSource } from "./byte-stream.ts";

/** The same source. `onEnd` is called once: when its reader has come to the end of it, however that is, or wants no more. */
export function withEnd(source: ByteSource, onEnd: () => void): ByteSource {
  let told = false;
  const end = (): void => {
    if (told) return;
    told = true;
    onEnd();
  };
  return {
    take: (limit) => source.take(limit),
    get state() {
      const { state } = source;
      if (state !== "open") end();
      return state;
    },
    get failure() {
      return source.failure;
    },
    ready: () => source.ready(),
    get isReady() {
      return source.isReady;
    },
    cancel() {
      source.cancel();
      end();
    },
  };
}
