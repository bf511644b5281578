import { emptySource } from "./bytes-source.ts";
import type { ByteSource } from "./byte-stream.ts";
import type { OutboundResult } from "./context.ts";
import { outboundErrorCodes } from "./outbound-error-codes.ts";
import { fromBrowserHeaders } from "./outbound-headers.ts";
import { readableStreamSource } from "./readable-stream-source.ts";
import { HttpError } from "./wasi-http-types.ts";

/** A response, wherever it came from. */
export type OutboundAnswer = Extract<OutboundResult, { ok: true }>;

/**
 * A response of the browser. Its body is read only as the guest reads it, and cancelled when `signal` aborts. `decoded`:
 * it came from the network, where the browser undoes the content coding.
 */
export function fromResponse(response: Response, decoded: boolean, signal: AbortSignal): OutboundAnswer {
  const body = response.body as ReadableStream<Uint8Array> | null;
  return {
    ok: true,
    status: response.status,
    // Without a body `content-length` is what the server says of a body it did not send (HEAD, 304): it stays.
    headers: fromBrowserHeaders(response.headers, decoded && body !== null),
    body: body === null ? emptySource() : readableStreamSource(body, signal),
  };
}

/** The same stream; its failure, whatever it was, is one that `wasi:http` has a code for. The text is kept for people. */
export function withHttpFailure(source: ByteSource): ByteSource {
  return {
    take: (limit) => source.take(limit),
    get state() {
      return source.state;
    },
    get failure() {
      const { failure } = source;
      if (failure === undefined || failure instanceof HttpError) return failure;
      return new HttpError(outboundErrorCodes.responseBroken, failure.message);
    },
    get isReady() {
      return source.isReady;
    },
    ready: () => source.ready(),
    cancel: () => source.cancel(),
  };
}
