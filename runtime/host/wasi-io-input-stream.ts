import type { ByteSource } from "./byte-stream.ts";
import { StreamEnd } from "./wasi-io-error.ts";
import { Pollable, type Suspending } from "./wasi-io-poll.ts";

/** Most bytes that one read hands over; a guest may ask for 2^64. */
const largestRead = 1024 * 1024;

/** `wasi:io/streams.input-stream` over a byte source. Lengths are `u64`, hence `bigint`. */
export class InputStream {
  readonly #source: ByteSource;
  readonly #context: Suspending;
  readonly #end = new StreamEnd();

  constructor(source: ByteSource, context: Suspending) {
    this.#source = source;
    this.#context = context;
  }

  /** Bytes that are there now, perhaps none; `closed` at the end. */
  read(length: bigint): Uint8Array {
    const bytes = this.#source.take(clampLength(length, largestRead));
    if (bytes.length === 0 && this.#source.state !== "open") throw this.#end.error(this.#source.failure);
    return bytes;
  }

  /** At least one byte, unless none are asked for; waits for it. */
  blockingRead(length: bigint): Uint8Array | Promise<Uint8Array> {
    const bytes = this.read(length);
    if (bytes.length > 0 || length === 0n) return bytes;
    return this.#context.suspending(this.#readWhenReady(length));
  }

  skip(length: bigint): bigint {
    return BigInt(this.read(length).length);
  }

  blockingSkip(length: bigint): bigint | Promise<bigint> {
    const bytes = this.blockingRead(length);
    return bytes instanceof Uint8Array ? BigInt(bytes.length) : bytes.then((read) => BigInt(read.length));
  }

  subscribe(): Pollable {
    return new Pollable(this.#source, this.#context);
  }

  async #readWhenReady(length: bigint): Promise<Uint8Array> {
    for (;;) {
      await this.#source.ready();
      const bytes = this.read(length);
      if (bytes.length > 0) return bytes;
    }
  }
}

/** A `u64` length as a number of at most `most`. */
export function clampLength(length: bigint, most: number): number {
  return length > BigInt(most) ? most : Number(length);
}
