import type { InstanceContext } from "../host/context.ts";
import type { ResponseOutparam } from "../host/http-exchange.ts";
import type { SpinHttpRequest } from "../host/spin-1/http.ts";
import type { IncomingRequest } from "../host/wasi-http-incoming.ts";
import { readBody, respond } from "./whole-messages.ts";

/** `http-types.method` of Spin 1. */
export const methods = ["get", "post", "put", "delete", "patch", "head", "options"] as const;

/** `http-types.request`, as a guest gets it. */
export interface InboundRequest extends SpinHttpRequest {
  headers: [name: string, value: string][];
  params: [name: string, value: string][];
  body: Uint8Array;
}

/** `http-types.response`, as a guest gives it. */
export interface InboundResponse {
  status: number;
  headers?: readonly (readonly [name: string, value: string])[] | undefined;
  body?: Uint8Array | undefined;
}

const decoder = new TextDecoder();
const empty = new Uint8Array();

/**
 * Answers a request by `inbound-http` of Spin 1, whatever its ABI, as Spin's executor does (`trigger-http`, `spin.rs`): whole
 * bodies, of which that of the request is always there; no params; 405 for methods that the interface does not have.
 */
export async function handleInbound(
  context: InstanceContext,
  request: IncomingRequest,
  outparam: ResponseOutparam,
  callGuest: (request: InboundRequest) => Promise<InboundResponse>,
): Promise<void> {
  const body = await readBody(request);
  const method = methods.find((name) => name === request.method().tag);
  if (method === undefined) return respond(context, outparam, { status: 405, headers: [], body: empty });
  const entries = request.headers().entries();
  const answer = await callGuest({
    method,
    uri: request.pathWithQuery() ?? "/",
    headers: entries.map(([name, value]) => [name, decoder.decode(value)]),
    params: [],
    body,
  });
  const { status } = answer;
  if (status >= 100 && status <= 600) {
    return respond(context, outparam, { status, headers: answer.headers ?? [], body: answer.body ?? empty });
  }
  context.notice(`malformed HTTP status code ${status}`);
  return respond(context, outparam, { status: 500, headers: [], body: empty });
}
