import type { InstanceContext } from "../host/context.ts";
import { moduleHandlers } from "../host/core-module-facts.ts";
import type { ResponseOutparam } from "../host/http-exchange.ts";
import type { IncomingRequest } from "../host/wasi-http-incoming.ts";
import { bytes, string } from "./codec.ts";
import type { Guest } from "./guest.ts";
import { type CoreImport, mayWait } from "./jspi.ts";
import { headers, methods, response as responseType } from "./spin1-http-types.ts";
import { readBody, respond, type WholeResponse } from "./whole-messages.ts";

const decoder = new TextDecoder();
const empty = new Uint8Array();
/** The tag of an option that is some; an empty body is one, too. */
const bodyIsThere = 1;

/**
 * Answers a request by `handle-http-request` of Spin 1.0, as Spin's executor does (`trigger-http`, `spin.rs`): whole bodies,
 * no params, 405 for methods that the interface does not have.
 */
export async function handleBySpin1(
  instance: WebAssembly.Instance,
  guest: Guest,
  context: InstanceContext,
  request: IncomingRequest,
  outparam: ResponseOutparam,
): Promise<void> {
  const body = await readBody(request);
  const method = methods.find((name) => name === request.method().tag);
  if (method === undefined) return respond(context, outparam, { status: 405, headers: [], body: empty });
  const { exports } = instance;
  const initialize = exports["_initialize"];
  // What sets up a library; programs that have `_start` instead are not run, as in Spin.
  if (typeof initialize === "function") await mayWait(initialize as () => unknown)();
  const entries = request.headers().entries();
  const core = [
    methods.indexOf(method),
    ...string.give(guest, request.pathWithQuery() ?? "/"),
    ...headers.give(
      guest,
      entries.map(([name, value]) => [name, decoder.decode(value)]),
    ),
    ...headers.give(guest, []),
    bodyIsThere,
    ...bytes.give(guest, body),
  ];
  const handle = mayWait(exports[moduleHandlers.spin1] as CoreImport);
  const at = Number(await handle(...core)) >>> 0;
  return respond(context, outparam, takeResponse(guest, context, at));
}

function takeResponse(guest: Guest, context: InstanceContext, at: number): WholeResponse {
  guest.begin();
  const { status, headers: fields = [], body = empty } = responseType.load(guest, at);
  responseType.free(guest, at);
  if (status >= 100 && status <= 600) return { status, headers: fields, body };
  context.notice(`malformed HTTP status code ${status}`);
  return { status: 500, headers: [], body: empty };
}
