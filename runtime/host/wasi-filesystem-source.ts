import type { ByteSource } from "./byte-stream.ts";
import { FileStreamError } from "./wasi-filesystem-error.ts";

/** Most bytes that one read of a file gives, in Wasmtime (`MAX_READ_SIZE_ALLOC`) and here. */
export const mostRead = 64 * 1024;
/** Offsets beyond Linux's `off_t` are `invalid`. */
const largestOffset = 2n ** 63n - 1n;

/** Whether a file can be read from there; beyond its end there is nothing to read, which is no failure. */
export function isOffset(offset: bigint): boolean {
  return offset <= largestOffset;
}

/** The bytes of a file from an offset on, to be read from it; a copy, since the file is every request's. */
export function readAt(bytes: Uint8Array, offset: bigint, length: bigint): Uint8Array {
  const start = clamp(offset, bytes.length);
  return bytes.slice(start, start + clamp(length, mostRead));
}

/** A file as a stream. With an offset that is none, the first read fails. */
export function fileSource(bytes: Uint8Array, offset: bigint): ByteSource {
  let at = clamp(offset, bytes.length);
  const failure = isOffset(offset) ? undefined : new FileStreamError("invalid");
  const end = failure === undefined ? "ended" : "failed";
  return {
    take(limit) {
      const taken = readAt(bytes, BigInt(at), BigInt(limit));
      at += taken.length;
      return taken;
    },
    get state() {
      return at < bytes.length ? "open" : end;
    },
    failure,
    ready: () => Promise.resolve(),
    isReady: true,
    cancel() {
      at = bytes.length;
    },
  };
}

function clamp(value: bigint, most: number): number {
  return value > BigInt(most) ? most : Number(value);
}
