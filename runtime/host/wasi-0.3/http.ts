import type { InstanceContext } from "../context.ts";
import type { HostInterfaces } from "../host-interface.ts";
import { Fields } from "../wasi-http-fields.ts";
import { requestUrl, timeouts } from "../wasi-http-handler.ts";
import { httpFailure, methodName } from "../wasi-http-types.ts";
import { sentBody } from "./http-message.ts";
import { Request } from "./http-request.ts";
import { RequestOptions } from "./http-request-options.ts";
import { Response } from "./http-response.ts";

const types = { Fields, Request, RequestOptions, Response };

/** `wasi:http/client.send`: settles with the response's head; a failure is an error-code. */
async function send(context: InstanceContext, request: Request): Promise<Response> {
  const { source, trailers } = sentBody(context, "request", request.headers, request.body, request.sent);
  const result = await context.suspending(
    context.outbound.send({
      method: methodName(request.head.method),
      url: requestUrl(request.head),
      headers: request.headers.entries(),
      ...(request.body.stream === undefined ? { body: undefined } : { body: source, trailers }),
      signal: context.signal,
      ...timeouts(request.options?.timeouts),
    }),
  );
  if (result.ok) return Response.received(context, result);
  if (result.trap) throw result.trap;
  throw httpFailure(result.error);
}

/** `wasi:http` of 0.3. */
export const wasiHttp03: HostInterfaces = {
  "wasi:http/types@0.3": () => types,
  "wasi:http/client@0.3": (context) => ({ send: (request: Request) => send(context, request) }),
};
