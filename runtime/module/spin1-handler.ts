import type { InstanceContext } from "../host/context.ts";
import { moduleHandlers } from "../host/core-module-facts.ts";
import type { ResponseOutparam } from "../host/http-exchange.ts";
import type { IncomingRequest } from "../host/wasi-http-incoming.ts";
import { bytes, string } from "./codec.ts";
import type { Guest } from "./guest.ts";
import { handleInbound, type InboundRequest, type InboundResponse, methods } from "./inbound-http.ts";
import { type CoreImport, mayWait } from "./jspi.ts";
import { headers, response as responseType } from "./spin1-http-types.ts";

/** The tag of an option that is some; an empty body is one, too. */
const bodyIsThere = 1;

/** Answers a request by `handle-http-request`, which is `inbound-http` in the ABI of Spin 1.0. */
export function handleBySpin1(
  instance: WebAssembly.Instance,
  guest: Guest,
  context: InstanceContext,
  request: IncomingRequest,
  outparam: ResponseOutparam,
): Promise<void> {
  return handleInbound(context, request, outparam, (inbound) => callModule(instance, guest, inbound));
}

async function callModule(
  { exports }: WebAssembly.Instance,
  guest: Guest,
  request: InboundRequest,
): Promise<InboundResponse> {
  const initialize = exports["_initialize"];
  // What sets up a library; programs that have `_start` instead are not run, as in Spin.
  if (typeof initialize === "function") await mayWait(initialize as () => unknown)();
  const core = [
    methods.indexOf(request.method),
    ...string.give(guest, request.uri),
    ...headers.give(guest, request.headers),
    ...headers.give(guest, request.params),
    bodyIsThere,
    ...bytes.give(guest, request.body),
  ];
  const handle = mayWait(exports[moduleHandlers.spin1] as CoreImport);
  const at = Number(await handle(...core)) >>> 0;
  guest.begin();
  const response = responseType.load(guest, at);
  responseType.free(guest, at);
  return response;
}
