import type { InstanceContext } from "./context.ts";
import { RequestHead } from "./http-request-head.ts";
import type { Fields } from "./wasi-http-fields.ts";
import { contentLength, OutgoingBody } from "./wasi-http-outgoing-body.ts";
import type { Method, Scheme } from "./wasi-http-types.ts";
import { failure } from "./wit-error.ts";

/** `wasi:http/types.outgoing-request`. Constructed by the guest with headers alone: the context is bound before. */
export class OutgoingRequest {
  readonly #context: InstanceContext;
  readonly #headers: Fields;
  readonly #head = new RequestHead();
  #body: OutgoingBody | undefined;

  /** Takes over `headers`: nobody else may change them from now on. */
  constructor(context: InstanceContext, headers: Fields) {
    this.#context = context;
    this.#headers = headers;
  }

  /** Once; an error as well when `content-length` is no number. */
  body(): OutgoingBody {
    if (this.#body !== undefined) throw failure();
    this.#body = new OutgoingBody(this.#context, "request", contentLength(this.#headers));
    return this.#body;
  }

  method(): Method {
    return this.#head.method;
  }

  setMethod(method: Method): void {
    this.#head.method = method;
  }

  pathWithQuery(): string | undefined {
    return this.#head.pathWithQuery;
  }

  setPathWithQuery(pathWithQuery: string | undefined): void {
    this.#head.pathWithQuery = pathWithQuery;
  }

  scheme(): Scheme | undefined {
    return this.#head.scheme;
  }

  setScheme(scheme: Scheme | undefined): void {
    this.#head.scheme = scheme;
  }

  authority(): string | undefined {
    return this.#head.authority;
  }

  setAuthority(authority: string | undefined): void {
    this.#head.authority = authority;
  }

  /** The host's way in. */
  get head(): Readonly<RequestHead> {
    return this.#head;
  }

  /** A view that cannot be changed. */
  headers(): Fields {
    return this.#headers.view();
  }

  /** The host's way in: the body when the guest took it, else `undefined` and the request has none. */
  takenBody(): OutgoingBody | undefined {
    return this.#body;
  }

  /** Dropped without being sent: what is written into its body has no reader. */
  [Symbol.dispose](): void {
    this.#body?.content.source.cancel();
  }
}

/** `wasi:http/types.request-options`: time-outs in nanoseconds. */
export class RequestOptions {
  #connect: bigint | undefined;
  #firstByte: bigint | undefined;
  #betweenBytes: bigint | undefined;

  connectTimeout(): bigint | undefined {
    return this.#connect;
  }

  setConnectTimeout(duration: bigint | undefined): void {
    this.#connect = duration;
  }

  firstByteTimeout(): bigint | undefined {
    return this.#firstByte;
  }

  setFirstByteTimeout(duration: bigint | undefined): void {
    this.#firstByte = duration;
  }

  betweenBytesTimeout(): bigint | undefined {
    return this.#betweenBytes;
  }

  setBetweenBytesTimeout(duration: bigint | undefined): void {
    this.#betweenBytes = duration;
  }
}
