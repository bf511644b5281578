import type { HttpErrorCode } from "./context.ts";
import type { HostInterfaces } from "./host-interface.ts";
import { ResponseOutparam } from "./http-exchange.ts";
import { Fields } from "./wasi-http-fields.ts";
import { FutureIncomingResponse, handle } from "./wasi-http-handler.ts";
import { IncomingRequest, IncomingResponse } from "./wasi-http-incoming.ts";
import { FutureTrailers, IncomingBody } from "./wasi-http-incoming-body.ts";
import { OutgoingBody } from "./wasi-http-outgoing-body.ts";
import { OutgoingRequest, RequestOptions } from "./wasi-http-outgoing-request.ts";
import { OutgoingResponse } from "./wasi-http-outgoing-response.ts";
import { HttpError } from "./wasi-http-types.ts";
import type { IoError } from "./wasi-io-error.ts";

/** The classes that no guest constructs, or that need nothing of the context to be constructed. */
const contextFree = {
  Fields,
  FutureIncomingResponse,
  FutureTrailers,
  IncomingBody,
  IncomingRequest,
  IncomingResponse,
  OutgoingBody,
  RequestOptions,
  ResponseOutparam,
  httpErrorCode: (error: IoError): HttpErrorCode | undefined =>
    error.cause instanceof HttpError ? error.cause.code : undefined,
};

/** `wasi:http`. Binding gives a constructor its context without a class of its own for each instance; `instanceof` holds. */
export const wasiHttp: HostInterfaces = {
  "wasi:http/types@0.2": (context) => ({
    ...contextFree,
    OutgoingRequest: OutgoingRequest.bind(null, context),
    OutgoingResponse: OutgoingResponse.bind(null, context),
  }),
  "wasi:http/outgoing-handler@0.2": (context) => ({
    handle: (request: OutgoingRequest, options: RequestOptions | undefined) => handle(context, request, options),
  }),
};
