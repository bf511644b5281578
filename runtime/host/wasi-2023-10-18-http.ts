import type { HttpErrorCode } from "./context.ts";
import type { HostInterfaces } from "./host-interface.ts";
import { ResponseOutparam } from "./http-exchange.ts";
import { facade } from "./release-candidate.ts";
import { candidate20231018 as version } from "./release-candidate-facts.ts";
import {
  FutureIncomingResponse20231018,
  FutureTrailers20231018,
  type HttpError20231018,
  toError20231018,
} from "./wasi-2023-10-18-http-futures.ts";
import {
  OutgoingRequest20231018,
  OutgoingResponse20231018,
  type RequestOptions20231018,
  type RequestParts,
  toRequestOptions,
} from "./wasi-2023-10-18-http-outgoing.ts";
import { Fields, type FieldEntry } from "./wasi-http-fields.ts";
import { handle } from "./wasi-http-handler.ts";
import { IncomingRequest, IncomingResponse } from "./wasi-http-incoming.ts";
import { IncomingBody } from "./wasi-http-incoming-body.ts";
import { OutgoingBody } from "./wasi-http-outgoing-body.ts";
import type { OutgoingResponse } from "./wasi-http-outgoing-response.ts";
import type { Result } from "./wasi-http-types.ts";
import { WitError } from "./wit-error.ts";

const errorTexts: Readonly<Record<HttpError20231018["tag"], string>> = {
  "invalid-url": "invalid url",
  "timeout-error": "timeout",
  "protocol-error": "protocol error",
  "unexpected-error": "unexpected error",
};

/** The guest's error in place of a response, as Spin passes it on. */
function setResponse(outparam: ResponseOutparam, response: Result<OutgoingResponse, HttpError20231018>): void {
  if (response.tag === "ok") ResponseOutparam.set(outparam, response);
  else {
    const { tag, val } = response.val;
    ResponseOutparam.set(outparam, {
      tag: "err",
      val: { tag: "internal-error", val: `${errorTexts[tag]}: ${val}` },
    });
  }
}

/** The classes that need nothing of the context. `Fields` and the bodies trap where 0.2 answers with an error. */
const contextFree = {
  Fields: facade(Fields, {}, (entries: FieldEntry[]) => Fields.fromList(entries)),
  IncomingRequest,
  IncomingResponse,
  IncomingBody: facade(IncomingBody, {
    finish: (body: IncomingBody) => new FutureTrailers20231018(IncomingBody.finish(body)),
  }),
  FutureTrailers: FutureTrailers20231018,
  FutureIncomingResponse: FutureIncomingResponse20231018,
  OutgoingBody,
  ResponseOutparam: facade(ResponseOutparam, { set: setResponse }),
};

/** `wasi:http@0.2.0-rc-2023-10-18`: messages are constructed whole, and errors are texts. */
export const wasiHttp20231018: HostInterfaces = {
  [`wasi:http/types@${version}`]: (context) => ({
    ...contextFree,
    OutgoingRequest: facade(OutgoingRequest20231018, {}, (...parts: RequestParts) => {
      return new OutgoingRequest20231018(context, ...parts);
    }),
    OutgoingResponse: facade(OutgoingResponse20231018, {}, (status: number, headers: Fields) => {
      return new OutgoingResponse20231018(context, status, headers);
    }),
  }),
  [`wasi:http/outgoing-handler@${version}`]: (context) => ({
    handle(request: OutgoingRequest20231018, options: RequestOptions20231018 | undefined) {
      try {
        return new FutureIncomingResponse20231018(handle(context, request, options && toRequestOptions(options)));
      } catch (error) {
        if (!(error instanceof WitError)) throw error;
        throw new WitError(toError20231018(error.payload as HttpErrorCode));
      }
    },
  }),
};
