import type { ByteSource } from "./byte-stream.ts";
import { bytesSource } from "./bytes-source.ts";

/** `first`, and then what `rest` gives; without it the stream ends after `first`. */
export function prefixedSource(first: Uint8Array, rest: ByteSource | undefined): ByteSource {
  if (rest === undefined) return bytesSource(first);
  if (first.length === 0) return rest;
  const head = bytesSource(first);
  const current = (): ByteSource => (head.state === "open" ? head : rest);
  return {
    take: (limit) => current().take(limit),
    get state() {
      return current().state;
    },
    get failure() {
      return current().failure;
    },
    get isReady() {
      return current().isReady;
    },
    ready: () => current().ready(),
    cancel() {
      head.cancel();
      rest.cancel();
    },
  };
}
