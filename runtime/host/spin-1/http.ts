import type { InstanceContext } from "../context.ts";
import { bytesSource } from "../bytes-source.ts";
import { readAll } from "../read-all.ts";
import { fieldValueToByteString, type FieldEntry, withoutForbidden } from "../wasi-http-fields.ts";
import { isToken } from "../wasi-http-types.ts";
import { WitError } from "../wit-error.ts";

/** `fermyon:spin/http-types.request`; `params` is of old and not looked at. */
export interface SpinHttpRequest {
  method: "get" | "post" | "put" | "delete" | "patch" | "head" | "options";
  uri: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: Uint8Array | undefined;
}

export interface SpinHttpResponse {
  status: number;
  headers: [name: string, value: string][];
  body: Uint8Array;
}

export type SpinHttpError =
  | "destination-not-allowed"
  | "invalid-url"
  | "request-error"
  | "runtime-error"
  | "too-many-requests";

/** `fermyon:spin/http`, without a version: outbound HTTP of Spin 1.0, whole bodies both ways. */
export interface SpinHttp {
  sendRequest(request: SpinHttpRequest): Promise<SpinHttpResponse>;
}

/** Most bytes of a response, which the guest gets as one value in its memory. */
const mostBytes = 64 * 1024 * 1024;

const utf8 = new TextEncoder();

export function spinHttp(context: InstanceContext): SpinHttp {
  const send = async ({ method, uri, headers, body }: SpinHttpRequest): Promise<SpinHttpResponse> => {
    const answered = await context.outbound.send({
      method: method.toUpperCase(),
      url: absoluteUrl(uri),
      headers: headers.map(toField).filter(([name]) => name !== "host"),
      body: body === undefined ? undefined : bytesSource(body),
      signal: context.signal,
    });
    if (!answered.ok) {
      if (answered.trap) throw answered.trap;
      throw failure(errorOf(answered.error.tag));
    }
    const received = await readAll(answered.body, mostBytes).catch(() => {
      throw failure("runtime-error");
    });
    // Values that are no ASCII are left out, as in Spin.
    const shown = withoutForbidden(answered.headers).filter(([, value]) => value.every((byte) => byte < 0x80));
    return {
      status: answered.status,
      headers: shown.map(([name, value]) => [name, fieldValueToByteString(value)]),
      body: received,
    };
  };
  return { sendRequest: (request) => context.suspending(send(request)) };
}

/** What does not begin with `/`, which is a request to the application itself, is an absolute URL; https without a scheme. */
function absoluteUrl(uri: string): string {
  if (uri.startsWith("/")) return uri;
  const url = URL.parse(uri.includes("://") ? uri : `https://${uri}`);
  if (url === null || !["http:", "https:"].includes(url.protocol)) throw failure("invalid-url");
  return url.href;
}

function toField([name, value]: readonly [string, string]): FieldEntry {
  // eslint-disable-next-line no-control-regex
  if (!isToken(name) || /[\0-\x08\x0a-\x1f\x7f]/.test(value)) throw failure("runtime-error");
  return [name.toLowerCase(), utf8.encode(value)];
}

function errorOf(tag: string): SpinHttpError {
  if (tag === "HTTP-request-denied") return "destination-not-allowed";
  return tag === "HTTP-request-URI-invalid" ? "invalid-url" : "runtime-error";
}

function failure(error: SpinHttpError): WitError<SpinHttpError> {
  return new WitError(error);
}
