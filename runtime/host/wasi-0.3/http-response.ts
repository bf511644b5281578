import { deferred, type Deferred } from "../../deferred.ts";
import { Fields, withoutForbidden } from "../wasi-http-fields.ts";
import type { HttpResponse } from "../wasi-http-incoming.ts";
import { failure } from "../wit-error.ts";
import type { StreamContext } from "./component-stream.ts";
import { type GuestBody, receivedBody, type SentResult } from "./http-message.ts";
import { consumed } from "./http-request.ts";

/** `wasi:http/types.response`: one class for the responses that the guest makes, and for those it gets. */
export class Response {
  readonly headers: Fields;
  readonly body: GuestBody;
  /** Of a response that the guest made: what it is told about the transmission. */
  readonly sent: Deferred<SentResult>;
  status = 200;

  private constructor(headers: Fields, body: GuestBody) {
    this.headers = headers;
    this.body = body;
    this.sent = deferred<SentResult>();
  }

  /** Made by the guest; the second part settles when the other side has got it. */
  static new(
    headers: Fields,
    stream: GuestBody["stream"],
    trailers: GuestBody["trailers"],
  ): [Response, Promise<SentResult>] {
    const response = new Response(headers.view(), { stream, trailers });
    return [response, response.sent.promise];
  }

  /** Made by the host of a response from outside. */
  static received(context: StreamContext, { status, headers, ...body }: HttpResponse): Response {
    const response = new Response(Fields.immutable(withoutForbidden(headers)), receivedBody(context, body));
    response.status = status;
    return response;
  }

  /** As of a request. */
  static consumeBody(
    response: Response,
    _result: PromiseLike<unknown>,
  ): [NonNullable<GuestBody["stream"]>, GuestBody["trailers"]] {
    return consumed(response);
  }

  getStatusCode(): number {
    return this.status;
  }

  /** Three digits, as HTTP has them; anything else is an error. */
  setStatusCode(status: number): void {
    if (status < 100 || status > 999) throw failure();
    this.status = status;
  }

  getHeaders(): Fields {
    return this.headers.view();
  }
}
