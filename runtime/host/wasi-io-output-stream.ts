import type { ByteSink } from "./pipe.ts";
import { StreamEnd } from "./wasi-io-error.ts";
import { clampLength, type InputStream } from "./wasi-io-input-stream.ts";
import { Pollable, type Suspending } from "./wasi-io-poll.ts";

/** Most bytes that `blocking-write-and-flush` and `blocking-write-zeroes-and-flush` take, set by the WIT. */
const largestBlockingWrite = 4096;

/**
 * `wasi:io/streams.output-stream` over a byte sink. A flush is complete when the sink has taken the bytes and can take
 * more: the host passes everything on by itself, so there is nothing else to wait for (Wasmtime's body streams do the same).
 */
export class OutputStream {
  readonly #sink: ByteSink;
  readonly #context: Suspending;
  readonly #end = new StreamEnd();

  constructor(sink: ByteSink, context: Suspending) {
    this.#sink = sink;
    this.#context = context;
  }

  /** How many bytes the next `write` may have; 0 means wait on `subscribe`. */
  checkWrite(): bigint {
    this.#checkOpen();
    return BigInt(this.#sink.capacity);
  }

  /** More bytes than `check-write` allowed are a fault of the guest and trap. */
  write(contents: Uint8Array): void {
    this.#checkOpen();
    if (contents.length > this.#sink.capacity) {
      throw new Error(`output-stream.write: ${contents.length} bytes, check-write allowed ${this.#sink.capacity}`);
    }
    this.#sink.write(contents);
    // The sink may refuse the bytes themselves, e.g. more than a content-length promised.
    if (this.#sink.state === "failed") this.#checkOpen();
  }

  blockingWriteAndFlush(contents: Uint8Array): void | Promise<void> {
    if (contents.length > largestBlockingWrite) {
      throw new Error(`output-stream.blocking-write-and-flush: ${contents.length} bytes, the limit is 4096`);
    }
    this.#checkOpen();
    if (contents.length <= this.#sink.capacity) {
      this.write(contents);
      return this.blockingFlush();
    }
    return this.#context.suspending(this.#writeAllAndFlush(contents));
  }

  flush(): void {
    this.#checkOpen();
  }

  blockingFlush(): void | Promise<void> {
    this.#checkOpen();
    if (!this.#sink.isReady) return this.#context.suspending(this.#untilWritable());
  }

  subscribe(): Pollable {
    return new Pollable(this.#sink, this.#context);
  }

  writeZeroes(length: bigint): void {
    this.#checkOpen();
    if (length > BigInt(this.#sink.capacity)) {
      throw new Error(`output-stream.write-zeroes: ${length} bytes, check-write allowed ${this.#sink.capacity}`);
    }
    this.write(new Uint8Array(Number(length)));
  }

  blockingWriteZeroesAndFlush(length: bigint): void | Promise<void> {
    if (length > BigInt(largestBlockingWrite)) {
      throw new Error(`output-stream.blocking-write-zeroes-and-flush: ${length} bytes, the limit is 4096`);
    }
    return this.blockingWriteAndFlush(new Uint8Array(Number(length)));
  }

  /** Moves what is there and fits, at most `length`; returns how many bytes that was. */
  splice(source: InputStream, length: bigint): bigint {
    const fits = Math.min(Number(this.checkWrite()), clampLength(length, Number.MAX_SAFE_INTEGER));
    if (fits === 0) return 0n;
    const bytes = source.read(BigInt(fits));
    this.write(bytes);
    return BigInt(bytes.length);
  }

  /** Waits until there is room and something to move, and then for the flush of it. */
  blockingSplice(source: InputStream, length: bigint): bigint | Promise<bigint> {
    const moved = this.splice(source, length);
    if (length === 0n || (moved > 0n && this.#sink.isReady)) return moved;
    return this.#context.suspending(this.#spliceAndFlush(source, length, moved));
  }

  #checkOpen(): void {
    if (this.#sink.state !== "open") throw this.#end.error(this.#sink.failure);
  }

  async #untilWritable(): Promise<void> {
    while (!this.#sink.isReady) await this.#sink.ready();
    this.#checkOpen();
  }

  async #writeAllAndFlush(contents: Uint8Array): Promise<void> {
    let rest = contents;
    while (rest.length > 0) {
      await this.#untilWritable();
      const part = rest.subarray(0, this.#sink.capacity);
      this.write(part);
      rest = rest.subarray(part.length);
    }
    await this.#untilWritable();
  }

  async #spliceAndFlush(source: InputStream, length: bigint, already: bigint): Promise<bigint> {
    let moved = already;
    while (moved === 0n) {
      await this.#untilWritable();
      await source.subscribe().changed();
      moved = this.splice(source, length);
    }
    await this.#untilWritable();
    return moved;
  }
}
