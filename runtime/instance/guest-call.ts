import type { PlaygroundError } from "../errors.ts";
import { createExchange, type ExchangeResponse } from "../host/http-exchange.ts";
import { type AsyncHandler, callAsyncHandler } from "../host/wasi-0.3/http-exchange.ts";
import { spin1Handler } from "../host/spin-1/facts.ts";
import type { HttpRequest } from "../host/wasi-http-incoming.ts";
import { isAsyncHandler } from "../host/wit-facts.ts";
import { handleInbound } from "../module/inbound-http.ts";
import type { Invocation } from "../module/invocation.ts";
import type { RequestInstance } from "./instances.ts";
import type { HttpHandler, InboundHandler } from "./instantiate.ts";
import type { Waits } from "./waits.ts";

/** One call of a guest's handler, of whatever generation of WASI. */
export interface GuestCall {
  /** Settles with the head of the response, rejects with what went wrong before it. */
  readonly response: Promise<ExchangeResponse>;
  /** Settles when the guest has returned; rejects with what it failed of. */
  readonly returned: Promise<void>;
  /** See `HttpExchange`. */
  handlerDone(error?: unknown): PlaygroundError | undefined;
  /** Settles when no more of the response comes without waiting. */
  pause(): Promise<void>;
}

/** Calls the guest, which begins to run at once. `invocation` is what its trigger says of the call, for programs. */
export function callGuest(
  instance: RequestInstance,
  export_: string,
  request: HttpRequest,
  waits: Waits,
  invocation: Invocation,
): GuestCall {
  const { context, timers, handler } = instance;
  if (isAsyncHandler(export_)) {
    const exchange = callAsyncHandler(context, handler as AsyncHandler, request, () => timers.taskEnd());
    timers.progress();
    return { ...exchange, pause: () => waits.begun() };
  }
  const exchange = createExchange(context, request);
  const { incomingRequest, responseOutparam } = exchange;
  const returned =
    export_ === spin1Handler
      ? handleInbound(context, incomingRequest, responseOutparam, (whole) =>
          (handler as InboundHandler).handleRequest(whole),
        )
      : (handler as HttpHandler).handle(incomingRequest, responseOutparam, invocation);
  return {
    response: exchange.response,
    handlerDone: (error) => exchange.handlerDone(error),
    returned,
    pause: () => Promise.race([returned.catch(() => undefined), waits.begun()]),
  };
}
