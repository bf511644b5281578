import type { HttpErrorCode, InstanceContext } from "./context.ts";
import { deferred } from "../deferred.ts";
import { Once } from "./once.ts";
import { bodySizeErrorCodes, outboundErrorCodes } from "./outbound-error-codes.ts";
import { createPipe, type ByteSink } from "./pipe.ts";
import type { ByteSource } from "./byte-stream.ts";
import { type FieldEntry, type Fields, fieldValueToByteString } from "./wasi-http-fields.ts";
import { HttpError, httpFailure } from "./wasi-http-types.ts";
import { OutputStream } from "./wasi-io-output-stream.ts";
import { failure } from "./wit-error.ts";

/** Which message a body belongs to: it decides the error code of a body that is not as long as `content-length` says. */
export type MessageKind = "request" | "response";

/** The bytes and trailers of an outgoing message, between the guest that writes and the host that sends. */
export interface OutgoingContent {
  readonly source: ByteSource;
  /** Settles (never rejects) at the end of the body; no trailers when it failed, or its reader wants no more. */
  readonly trailers: Promise<FieldEntry[]>;
  /** Whether the guest finished the body, or it failed. */
  readonly isClosed: boolean;
  /** Why the body failed, also while bytes before the failure wait to be read. */
  readonly failure: Error | undefined;
  /** The body is broken off; the reader gets what was written, then the failure. */
  fail(error: Error): void;
}

const unfinished = "the guest dropped the body without finishing it";

/** `wasi:http/types.outgoing-body`. */
export class OutgoingBody {
  readonly #kind: MessageKind;
  readonly #expected: number | undefined;
  readonly #pipe = createPipe();
  readonly #stream: Once<OutputStream>;
  readonly #trailers = deferred<FieldEntry[]>();

  readonly content: OutgoingContent;

  /** `expected`: the value of `content-length`, if the message has one. */
  constructor(context: InstanceContext, kind: MessageKind, expected: number | undefined) {
    this.#kind = kind;
    this.#expected = expected;
    this.#stream = new Once(new OutputStream(this.#checkedSink(), context));
    const { sink, source } = this.#pipe;
    this.content = {
      source: Object.create(source, { cancel: { value: () => this.#cancel() } }) as ByteSource,
      trailers: this.#trailers.promise,
      get isClosed() {
        return sink.state !== "open";
      },
      get failure() {
        return sink.failure;
      },
      fail: (error) => this.#fail(error),
    };
  }

  write(): OutputStream {
    return this.#stream.take();
  }

  /** Ends the body. A body shorter than its `content-length` is an error for the guest, and breaks the message. */
  static finish(body: OutgoingBody, trailers: Fields | undefined): void {
    if (body.#expected !== undefined && body.#pipe.written !== body.#expected) {
      const code = body.#sizeError(body.#pipe.written);
      body.#fail(new HttpError(code));
      throw httpFailure(code);
    }
    body.#trailers.resolve(trailers?.entries() ?? []);
    body.#pipe.sink.end();
  }

  /** Dropped without `finish`: the message is corrupt, and the receiver must notice (WIT of `outgoing-body`). */
  [Symbol.dispose](): void {
    this.#fail(new HttpError(outboundErrorCodes.requestBroken, unfinished));
  }

  #cancel(): void {
    this.#trailers.resolve([]);
    this.#pipe.source.cancel();
  }

  #fail(error: Error): void {
    this.#pipe.sink.fail(error);
    this.#trailers.resolve([]);
  }

  #sizeError(size: number): HttpErrorCode {
    return { tag: bodySizeErrorCodes[this.#kind], val: BigInt(size) };
  }

  /** The pipe's sink, which breaks when more is written than `content-length` allows. */
  #checkedSink(): ByteSink {
    const { sink } = this.#pipe;
    const expected = this.#expected;
    if (expected === undefined) return sink;
    return Object.create(sink, {
      write: {
        value: (bytes: Uint8Array): void => {
          const total = this.#pipe.written + bytes.length;
          if (total > expected) this.#fail(new HttpError(this.#sizeError(total)));
          else sink.write(bytes);
        },
      },
    }) as ByteSink;
  }
}

/**
 * The value of `content-length`, or `undefined` when there is none. One that is no number is an `err`: a message with it
 * has no body (Wasmtime).
 */
export function contentLength(headers: Fields): number | undefined {
  const [value] = headers.get("content-length");
  if (value === undefined) return undefined;
  const text = fieldValueToByteString(value);
  if (!/^\d{1,20}$/.test(text)) throw failure();
  return Number(text);
}
