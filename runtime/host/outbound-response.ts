import type { OutboundResult } from "./context.ts";
import { emptySource } from "./bytes-source.ts";
import { fromBrowserHeaders } from "./outbound-headers.ts";
import { readableStreamSource } from "./readable-stream-source.ts";

export interface ResponseOptions {
  /** The response came from the network, where the browser undoes the content coding. */
  decoded: boolean;
  betweenBytesTimeoutMs: number | undefined;
  signal: AbortSignal;
}
import { HttpError } from "./wasi-http-types.ts";

/** A response as the guest gets it. Its body is read from the browser only as the guest reads it. */
export function toOutboundResult(response: Response, options: ResponseOptions): OutboundResult {
  const { decoded, betweenBytesTimeoutMs, signal } = options;
  const body = response.body as ReadableStream<Uint8Array> | null;
  return {
    ok: true,
    status: response.status,
    // Without a body `content-length` is what the server says of a body it did not send (HEAD, 304): it stays.
    headers: fromBrowserHeaders(response.headers, decoded && body !== null),
    body: body === null ? emptySource() : readableStreamSource(limitGaps(body, betweenBytesTimeoutMs), signal),
  };
}

/** Fails the stream when a chunk takes longer than that. The time runs only while somebody waits for the chunk. */
export function limitGaps(
  body: ReadableStream<Uint8Array>,
  milliseconds: number | undefined,
): ReadableStream<Uint8Array> {
  if (milliseconds === undefined) return body;
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let timer: ReturnType<typeof setTimeout> | undefined;
        const late = new Promise<never>((_resolve, reject) => {
          timer = setTimeout(() => {
            const text = `No bytes of the response body came within ${milliseconds} ms.`;
            const error = new HttpError({ tag: "connection-read-timeout" }, text);
            reject(error);
            // The connection is given up; that this may fail as well adds nothing.
            reader.cancel(error).catch(() => undefined);
          }, milliseconds);
        });
        try {
          const { done, value } = await Promise.race([late, reader.read()]);
          if (done) controller.close();
          else controller.enqueue(value);
        } finally {
          clearTimeout(timer);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
