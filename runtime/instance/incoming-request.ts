import { bytesSource } from "../host/bytes-source.ts";
import { limitedSource } from "../host/limited-source.ts";
import { readableStreamSource } from "../host/readable-stream-source.ts";
import { type FieldEntry, fieldValueFromByteString } from "../host/wasi-http-fields.ts";
import type { HttpRequest } from "../host/wasi-http-incoming.ts";
import { HttpError } from "../host/wasi-http-types.ts";
import type { Limits, WireRequest } from "../protocol.ts";

const utf8 = new TextEncoder();

/** Of the connection, which Spin keeps from guests. */
const connectionHeader = "connection";

/**
 * A request as the guest sees it. What a client sends under one of Spin's header names is left out, so that it cannot be
 * forged; `host` is the URL's where the client gave none, as in a browser, and missing in a chained request. The scheme is
 * always HTTP, as Spin's trigger tells it whatever its listener has. A body longer than the limit fails.
 */
export function incomingRequest({
  wire,
  spinHeaders,
  isChained = false,
  signal,
  limits,
  trailers,
}: {
  wire: WireRequest;
  spinHeaders: [string, string][];
  isChained?: boolean;
  signal: AbortSignal;
  limits: Limits;
  trailers?: Promise<[string, string][]>;
}): HttpRequest {
  const url = new URL(wire.url);
  const own = new Set(spinHeaders.map(([name]) => name));
  const isSent = ([name]: [string, string]): boolean =>
    !own.has(name.toLowerCase()) && name.toLowerCase() !== connectionHeader;
  const sent = wire.headers.filter(isSent).map(toFieldEntry);
  const added = spinHeaders.map(([name, value]): FieldEntry => [name, utf8.encode(value)]);
  if (!isChained && !sent.some(([name]) => name.toLowerCase() === "host"))
    sent.unshift(["host", utf8.encode(url.host)]);
  const body =
    wire.body instanceof ReadableStream
      ? readableStreamSource(wire.body, signal)
      : bytesSource(wire.body ?? new Uint8Array());
  return {
    method: wire.method,
    scheme: "HTTP",
    authority: url.host,
    pathWithQuery: url.pathname + url.search,
    headers: [...sent, ...added],
    body: limitedSource(
      body,
      limits.requestBodyBytes,
      () =>
        new HttpError(
          { tag: "HTTP-request-body-size", val: BigInt(limits.requestBodyBytes) },
          `The request body is longer than ${limits.requestBodyBytes} bytes, the playground's limit.`,
        ),
    ),
    ...(trailers === undefined ? {} : { trailers: trailers.then((entries) => entries.map(toFieldEntry)) }),
  };
}

function toFieldEntry([name, value]: [string, string]): FieldEntry {
  return [name, fieldValueFromByteString(value)];
}
