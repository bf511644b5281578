import { deferred, type Deferred } from "../../deferred.ts";
import { RequestHead } from "../http-request-head.ts";
import { Fields } from "../wasi-http-fields.ts";
import type { HttpRequest } from "../wasi-http-incoming.ts";
import { methodFromName, type Method, type Scheme } from "../wasi-http-types.ts";
import type { StreamContext } from "./component-stream.ts";
import { type GuestBody, receivedBody, type SentResult } from "./http-message.ts";
import type { RequestOptions } from "./http-request-options.ts";

/** `wasi:http/types.request`: one class for the requests that come to the guest, and for those it makes. */
export class Request {
  readonly head: RequestHead;
  readonly headers: Fields;
  readonly options: RequestOptions | undefined;
  readonly body: GuestBody;
  /** Of a request that the guest made: what it is told about the transmission. */
  readonly sent: Deferred<SentResult>;

  private constructor(head: RequestHead, headers: Fields, body: GuestBody, options?: RequestOptions) {
    this.head = head;
    this.headers = headers;
    this.body = body;
    this.options = options;
    this.sent = deferred<SentResult>();
  }

  /** Made by the guest; the second part settles when the other side has got it. */
  static new(
    headers: Fields,
    stream: GuestBody["stream"],
    trailers: GuestBody["trailers"],
    options: RequestOptions | undefined,
  ): [Request, Promise<SentResult>] {
    const request = new Request(new RequestHead(), headers.view(), { stream, trailers }, options);
    return [request, request.sent.promise];
  }

  /** Made by the host of a request from outside. */
  static received(context: StreamContext, request: HttpRequest): Request {
    const head = new RequestHead();
    head.receive({
      method: methodFromName(request.method),
      pathWithQuery: request.pathWithQuery,
      scheme: { tag: request.scheme },
      authority: request.authority,
    });
    return new Request(head, Fields.immutable(request.headers), receivedBody(context, request));
  }

  /** The guest takes the body; what it makes of it, `_result`, is told to nobody: a browser would not listen. */
  static consumeBody(
    request: Request,
    _result: PromiseLike<unknown>,
  ): [NonNullable<GuestBody["stream"]>, GuestBody["trailers"]] {
    return consumed(request);
  }

  getMethod(): Method {
    return this.head.method;
  }

  setMethod(method: Method): void {
    this.head.method = method;
  }

  getPathWithQuery(): string | undefined {
    return this.head.pathWithQuery;
  }

  setPathWithQuery(pathWithQuery: string | undefined): void {
    this.head.pathWithQuery = pathWithQuery;
  }

  getScheme(): Scheme | undefined {
    return this.head.scheme;
  }

  setScheme(scheme: Scheme | undefined): void {
    this.head.scheme = scheme;
  }

  getAuthority(): string | undefined {
    return this.head.authority;
  }

  setAuthority(authority: string | undefined): void {
    this.head.authority = authority;
  }

  /** Copies that cannot be changed, as the WIT says. */
  getOptions(): RequestOptions | undefined {
    return this.options?.view();
  }

  getHeaders(): Fields {
    return this.headers.view();
  }
}

/** What `consume-body` gives; whoever made the message learns that it was taken. */
export function consumed(message: {
  body: GuestBody;
  sent: Deferred<SentResult>;
}): [NonNullable<GuestBody["stream"]>, GuestBody["trailers"]] {
  message.sent.resolve({ tag: "ok", val: undefined });
  return [message.body.stream ?? nothing(), message.body.trailers];
}

// eslint-disable-next-line require-yield -- an empty stream
async function* nothing(): AsyncGenerator<Uint8Array> {}
