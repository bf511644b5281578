import { PlaygroundError } from "../errors.ts";
import type { ByteSource } from "./byte-stream.ts";
import { emptySource } from "./bytes-source.ts";
import type { HttpErrorCode, InstanceContext } from "./context.ts";
import { deferred } from "../deferred.ts";
import { fieldValueToByteString, type FieldEntry, type Fields } from "./wasi-http-fields.ts";
import { IncomingRequest, type HttpRequest } from "./wasi-http-incoming.ts";
import type { OutgoingContent } from "./wasi-http-outgoing-body.ts";
import type { OutgoingResponse } from "./wasi-http-outgoing-response.ts";
import { httpFailure, type Result } from "./wasi-http-types.ts";
import { describePayload } from "./wit-error.ts";

/** The guest's response: its head, and a body that may still be being written. */
export interface ExchangeResponse {
  /** 100 to 999, as the guest set it; `new Response` takes 200 to 599 only. */
  status: number;
  /** In order, with as many values of a name as there are. Values are byte strings, as `Headers` wants them. */
  headers: [name: string, value: string][];
  body: ByteSource;
  /** Settles (never rejects) at the end of the body; empty when there are none, it failed, or nobody wants it. */
  trailers: Promise<[name: string, value: string][]>;
}

/** One call of `wasi:http/incoming-handler.handle`: what goes in, and what comes out. */
export interface HttpExchange {
  readonly incomingRequest: IncomingRequest;
  readonly responseOutparam: ResponseOutparam;
  /**
   * Settles when the guest gives its response, which may be long before it returns. Rejects with `PlaygroundError`
   * (`instance-failed`) when it gives none, or an error code in its place.
   */
  readonly response: Promise<ExchangeResponse>;
  /**
   * To be called when `handle` has returned, or with what it threw. A response that the guest has not given, or a body it
   * has not finished, fails now: there is nobody left to do it. Returns why the response is not whole, or `undefined`.
   */
  handlerDone(error?: unknown): PlaygroundError | undefined;
}

/** `wasi:http/types.response-outparam`. */
export class ResponseOutparam {
  readonly #settle: (response: Result<OutgoingResponse, HttpErrorCode>) => void;

  constructor(settle: (response: Result<OutgoingResponse, HttpErrorCode>) => void) {
    this.#settle = settle;
  }

  static set(outparam: ResponseOutparam, response: Result<OutgoingResponse, HttpErrorCode>): void {
    outparam.#settle(response);
  }

  /** Informational (1xx) responses cannot be sent: nothing in a browser can receive one. */
  sendInformational(_status: number, _headers: Fields): void {
    throw httpFailure({ tag: "internal-error", val: "informational responses cannot be sent in a browser" });
  }
}

/**
 * Makes the exchange of one request. When `context.signal` aborts, the bodies of both directions are cancelled; when it
 * does so with a `PlaygroundError`, the response's body fails with that, so that no reader takes a part for the whole.
 */
export function createExchange(context: InstanceContext, request: HttpRequest): HttpExchange {
  const response = deferred<ExchangeResponse>();
  // The runner sees the rejection when it awaits the response; until then it is not an unhandled one.
  response.promise.catch(() => undefined);
  let isSet = false;
  let content: OutgoingContent | undefined;

  const responseOutparam = new ResponseOutparam((result) => {
    // The outparam is moved into `set`, so a guest cannot come here twice; should it, that is a trap.
    if (isSet) throw new Error("response-outparam.set was called twice");
    isSet = true;
    if (result.tag === "err") {
      response.reject(instanceFailed(`guest answered with the error code ${describePayload(result.val)}`));
      return;
    }
    const { status, headers, body } = result.val.message();
    content = body?.content;
    response.resolve({
      status,
      headers: byteStrings(headers.entries()),
      body: content?.source ?? emptySource(),
      trailers: (content?.trailers ?? Promise.resolve([])).then(byteStrings),
    });
  });

  const endBodies = (): void => {
    request.body.cancel();
    const reason: unknown = context.signal.reason;
    if (reason instanceof PlaygroundError) content?.fail(reason);
    else content?.source.cancel();
  };
  if (context.signal.aborted) endBodies();
  else context.signal.addEventListener("abort", endBodies, { once: true });

  return {
    incomingRequest: new IncomingRequest(context, request),
    responseOutparam,
    response: response.promise,
    handlerDone(error) {
      if (!isSet) {
        const failure = withoutResponse(error);
        response.reject(failure);
        return failure;
      }
      if (content && !content.isClosed) content.fail(withoutBodyEnd(error));
      return content?.failure && failedBy(content.failure, "the guest broke off the body");
    },
  };
}

function withoutResponse(error: unknown): PlaygroundError {
  if (error === undefined) return instanceFailed("guest failed to produce a response prior to returning");
  return failedBy(error, "guest invocation failed");
}

function withoutBodyEnd(error: unknown): PlaygroundError {
  if (error === undefined) return instanceFailed("the handler returned before the body was finished");
  return failedBy(error, "guest invocation failed before the body was finished");
}

/** A failure that already has a code (a host interface that is missing, say) keeps it. */
export function failedBy(error: unknown, what: string): PlaygroundError {
  if (error instanceof PlaygroundError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new PlaygroundError("instance-failed", `${what}: ${reason}`, { cause: error });
}

export function instanceFailed(message: string): PlaygroundError {
  return new PlaygroundError("instance-failed", message);
}

export function byteStrings(entries: FieldEntry[]): [string, string][] {
  return entries.map(([name, value]) => [name, fieldValueToByteString(value)]);
}
