import { PlaygroundError } from "../../errors.ts";
import type { InstanceContext } from "../context.ts";
import { deferred } from "../../deferred.ts";
import { byteStrings, failedBy, instanceFailed, type ExchangeResponse } from "../http-exchange.ts";
import type { HttpRequest } from "../wasi-http-incoming.ts";
import { describePayload } from "../wit-error.ts";
import { sentBody, type SentBody } from "./http-message.ts";
import { Request } from "./http-request.ts";
import type { Response } from "./http-response.ts";

/** What `wasi:http/handler` of 0.3 looks like from the host. */
export interface AsyncHandler {
  handle(request: Request): Promise<Response>;
}

/** One call of `wasi:http/handler.handle`. */
export interface AsyncExchange {
  /** As that of `HttpExchange`. */
  readonly response: Promise<ExchangeResponse>;
  /** Settles when the guest's task is over, which may be long after its response is there; rejects with what ended it. */
  readonly returned: Promise<void>;
  /** As that of `HttpExchange`. */
  handlerDone(error?: unknown): PlaygroundError | undefined;
}

/** `taskEnd` settles when the guest's task has ended, and rejects with what ended it. */
export function callAsyncHandler(
  context: InstanceContext,
  handler: AsyncHandler,
  request: HttpRequest,
  taskEnd: () => Promise<void>,
): AsyncExchange {
  const response = deferred<ExchangeResponse>();
  // The runner sees the rejection when it awaits the response; until then it is not an unhandled one.
  response.promise.catch(() => undefined);
  let isGiven = false;
  let body: SentBody | undefined;

  const call = async (): Promise<void> => {
    const given = await handler.handle(Request.received(context, request)).catch((error: unknown) => {
      if (error instanceof Error && "payload" in error) {
        throw instanceFailed(`guest answered with the error code ${describePayload(error.payload)}`);
      }
      throw error;
    });
    body = sentBody(context, "response", given.headers, given.body, given.sent);
    isGiven = true;
    const { source, trailers } = body;
    response.resolve({
      status: given.status,
      headers: byteStrings(given.headers.entries()),
      body: source,
      trailers: trailers.then(byteStrings),
    });
    await taskEnd();
  };

  const endBodies = (): void => {
    request.body.cancel();
    const reason: unknown = context.signal.reason;
    if (reason instanceof PlaygroundError) body?.fail(reason);
    else body?.source.cancel();
  };
  if (context.signal.aborted) endBodies();
  else context.signal.addEventListener("abort", endBodies, { once: true });

  return {
    response: response.promise,
    returned: call(),
    handlerDone(error) {
      if (error === undefined) return undefined;
      const failure = failedBy(error, "guest invocation failed");
      if (isGiven) body?.fail(failure);
      else response.reject(failure);
      return failure;
    },
  };
}
