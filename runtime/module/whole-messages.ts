import type { InstanceContext } from "../host/context.ts";
import { ResponseOutparam } from "../host/http-exchange.ts";
import { type FieldEntry, Fields, fieldValueFromByteString, withoutForbidden } from "../host/wasi-http-fields.ts";
import type { IncomingRequest } from "../host/wasi-http-incoming.ts";
import { OutgoingBody } from "../host/wasi-http-outgoing-body.ts";
import { OutgoingResponse } from "../host/wasi-http-outgoing-response.ts";
import { isToken } from "../host/wasi-http-types.ts";
import type { StreamError } from "../host/wasi-io-error.ts";
import { WitError } from "../host/wit-error.ts";

/** A response that is there as a whole. Of several headers with one name the last one counts, as in Spin's executors. */
export interface WholeResponse {
  status: number;
  headers: readonly (readonly [name: string, value: string])[];
  body: Uint8Array;
}

const chunkBytes = 256n * 1024n;
/** Bytes of names and values, as in `wasi:http` here. */
const mostHeaders = 128 * 1024;

/** The body of a request. Rejects with what broke it off, such as the playground's limit. */
export async function readBody(request: IncomingRequest): Promise<Uint8Array<ArrayBuffer>> {
  const stream = request.consume().stream();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  try {
    for (;;) chunks.push((await stream.blockingRead(chunkBytes)).slice());
  } catch (error) {
    const end = error instanceof WitError ? (error.payload as StreamError) : undefined;
    if (end === undefined) throw error;
    if (end.tag === "last-operation-failed") throw end.val.cause ?? error;
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/**
 * Gives the response, and writes its body as fast as it is read. Settles when all of it is written, or nobody reads on.
 * Rejects for a header that HTTP does not have.
 */
export async function respond(
  context: InstanceContext,
  outparam: ResponseOutparam,
  { status, headers, body }: WholeResponse,
): Promise<void> {
  const response = new OutgoingResponse(context, Fields.immutable(fieldsOf(headers, body.length)));
  response.setStatusCode(status);
  const content = body.length > 0 ? response.body() : undefined;
  const stream = content?.write();
  ResponseOutparam.set(outparam, { tag: "ok", val: response });
  if (!content || !stream) return;
  try {
    for (let at = 0; at < body.length;) {
      const room = Number(stream.checkWrite());
      if (room === 0) await stream.subscribe().block();
      else {
        stream.write(body.subarray(at, at + room));
        at += room;
      }
    }
    OutgoingBody.finish(content, undefined);
  } catch (error) {
    // Closed: its reader wants no more of it.
    if (!(error instanceof WitError)) throw error;
  }
}

function fieldsOf(headers: WholeResponse["headers"], length: number): FieldEntry[] {
  const fields = new Map<string, Uint8Array>();
  let size = 0;
  for (const [name, value] of headers) {
    const lowerCase = name.toLowerCase();
    const bytes = fieldValueFromByteString(value);
    if (!isToken(name) || bytes.some((byte) => (byte < 0x20 && byte !== 0x09) || byte === 0x7f)) {
      throw new Error(`invalid header in the response: ${JSON.stringify(name.slice(0, 100))}`);
    }
    // A length that is not the body's would break the message; where there is no body it is that of another answer (HEAD).
    if (lowerCase === "content-length" && length > 0 && value !== String(length)) continue;
    fields.set(lowerCase, bytes);
    size += name.length + bytes.length;
    if (size > mostHeaders) throw new Error(`the headers of the response have more than ${mostHeaders} bytes`);
  }
  return withoutForbidden([...fields]);
}
