import type { ByteSource } from "../byte-stream.ts";
import type { HttpErrorCode } from "../context.ts";
import { deferred, type Deferred } from "../../deferred.ts";
import { bodySizeErrorCodes } from "../outbound-error-codes.ts";
import { type FieldEntry, Fields, withoutForbidden } from "../wasi-http-fields.ts";
import { contentLength, type MessageKind } from "../wasi-http-outgoing-body.ts";
import { errorCodeOf, HttpError, type Result } from "../wasi-http-types.ts";
import { withEnd } from "../with-end.ts";
import { fromComponentStream, type GuestStream, type StreamContext, toComponentStream } from "./component-stream.ts";

/** What the future of trailers gives, at the end of a body. */
export type TrailersResult = Result<Fields | undefined, HttpErrorCode>;
/** What the future of a transmission gives: whether the other side has got the whole message. */
export type SentResult = Result<undefined, HttpErrorCode>;

/** Body and trailers as the guest has them: what `consume-body` gives, and `new` takes. */
export interface GuestBody {
  stream: GuestStream | AsyncIterable<Uint8Array> | undefined;
  trailers: PromiseLike<TrailersResult>;
}

/** A body that the guest made, on its way out. */
export interface SentBody {
  source: ByteSource;
  /** Settles (never rejects) at the end of the body. */
  trailers: Promise<FieldEntry[]>;
  /** The guest will write no more. */
  fail(error: Error): void;
}

/** Body of a message that comes from outside, for the guest. */
export function receivedBody(
  context: StreamContext,
  { body, trailers }: { body: ByteSource; trailers?: Promise<FieldEntry[]> },
): GuestBody {
  const end = deferred<TrailersResult>();
  const settle = async (): Promise<void> => {
    if (body.state === "failed") return end.resolve({ tag: "err", val: errorCodeOf(body.failure) });
    const given = withoutForbidden((await trailers) ?? []);
    end.resolve({ tag: "ok", val: given.length > 0 ? Fields.immutable(given) : undefined });
    context.progress();
  };
  const stream = toComponentStream(
    withEnd(body, () => void settle()),
    context,
  );
  return { stream, trailers: end.promise };
}

/**
 * Body of a message that the guest made, to be sent. One that is shorter or longer than its `content-length` says is broken,
 * as is one whose trailers are an error. `sent` is told how it went.
 */
export function sentBody(
  context: StreamContext,
  kind: MessageKind,
  headers: Fields,
  { stream, trailers }: GuestBody,
  sent: Deferred<SentResult>,
): SentBody {
  const expected = contentLength(headers);
  const entries = deferred<FieldEntry[]>();
  let length = 0;
  const tooLong = (bytes: number): void => {
    length += bytes;
    if (expected !== undefined && length > expected) throw sizeError(kind, length);
  };
  const finish = async (): Promise<void> => {
    if (expected !== undefined && length !== expected) throw sizeError(kind, length);
    const result = await trailers;
    if (result.tag === "err") throw new HttpError(result.val);
    entries.resolve(result.val?.entries() ?? []);
  };
  const incoming = fromComponentStream(guestStream(stream), context, tooLong, finish);
  const ended = withEnd(incoming.source, () => {
    const { failure } = incoming.source;
    sent.resolve(failure === undefined ? { tag: "ok", val: undefined } : { tag: "err", val: errorCodeOf(failure) });
    // Nothing happens when there were trailers.
    entries.resolve([]);
    context.progress();
  });
  return { source: ended, trailers: entries.promise, fail: (error) => incoming.fail(error) };
}

function sizeError(kind: MessageKind, length: number): HttpError {
  return new HttpError({ tag: bodySizeErrorCodes[kind], val: BigInt(length) });
}

/** No stream is an empty body; one of the host's own comes back when the guest passes a message on without its glue. */
function guestStream(stream: GuestBody["stream"]): GuestStream {
  if (stream !== undefined && "read" in stream) return stream;
  const iterator = stream?.[Symbol.asyncIterator]();
  return {
    read: async () => {
      const next = await iterator?.next();
      return next === undefined || next.done === true ? { done: true } : { value: next.value, done: false };
    },
    [Symbol.dispose]: () => void iterator?.return?.(),
  };
}
