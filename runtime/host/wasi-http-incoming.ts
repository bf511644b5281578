import type { ByteSource } from "./byte-stream.ts";
import type { HttpErrorCode, InstanceContext } from "./context.ts";
import { Once } from "./once.ts";
import { always } from "./wakeup.ts";
import { Fields, type FieldEntry } from "./wasi-http-fields.ts";
import { errorCodeOf, methodFromName, type Method, type Result, type Scheme } from "./wasi-http-types.ts";
import { InputStream } from "./wasi-io-input-stream.ts";
import { Pollable } from "./wasi-io-poll.ts";

/** A request as it reaches the guest. */
export interface HttpRequest {
  /** As sent, e.g. `GET`. */
  method: string;
  scheme: "HTTP" | "HTTPS";
  /** `host` or `host:port`. */
  authority: string;
  /** Begins with `/`. */
  pathWithQuery: string;
  headers: FieldEntry[];
  body: ByteSource;
}

/** `wasi:http/types.incoming-request`. */
export class IncomingRequest {
  readonly #request: HttpRequest;
  readonly #body: Once<IncomingBody>;

  constructor(context: InstanceContext, request: HttpRequest) {
    this.#request = request;
    this.#body = new Once(new IncomingBody(context, request.body));
  }

  method(): Method {
    return methodFromName(this.#request.method);
  }

  pathWithQuery(): string | undefined {
    return this.#request.pathWithQuery;
  }

  scheme(): Scheme | undefined {
    return { tag: this.#request.scheme };
  }

  authority(): string | undefined {
    return this.#request.authority;
  }

  headers(): Fields {
    return Fields.immutable(this.#request.headers);
  }

  consume(): IncomingBody {
    return this.#body.take();
  }
}

/** `wasi:http/types.incoming-response`. */
export class IncomingResponse {
  readonly #status: number;
  readonly #headers: FieldEntry[];
  readonly #body: Once<IncomingBody>;

  constructor(context: InstanceContext, response: { status: number; headers: FieldEntry[]; body: ByteSource }) {
    this.#status = response.status;
    this.#headers = response.headers;
    this.#body = new Once(new IncomingBody(context, response.body));
  }

  status(): number {
    return this.#status;
  }

  headers(): Fields {
    return Fields.immutable(this.#headers);
  }

  consume(): IncomingBody {
    return this.#body.take();
  }
}

/** `wasi:http/types.incoming-body`. */
export class IncomingBody {
  readonly #context: InstanceContext;
  readonly #source: ByteSource;
  readonly #stream: Once<InputStream>;

  constructor(context: InstanceContext, source: ByteSource) {
    this.#context = context;
    this.#source = source;
    this.#stream = new Once(new InputStream(source, context));
  }

  stream(): InputStream {
    return this.#stream.take();
  }

  /** Bytes that were not read are dropped: nobody can read them any more. */
  static finish(body: IncomingBody): FutureTrailers {
    const { state, failure } = body.#source;
    body.#source.cancel();
    return new FutureTrailers(body.#context, state === "failed" ? errorCodeOf(failure) : undefined);
  }
}

/** Trailers of an incoming message. Browsers show none, so there are none, or the failure that the body ended with. */
export class FutureTrailers {
  readonly #context: InstanceContext;
  readonly #failure: HttpErrorCode | undefined;
  #told = false;

  constructor(context: InstanceContext, failure: HttpErrorCode | undefined) {
    this.#context = context;
    this.#failure = failure;
  }

  subscribe(): Pollable {
    return new Pollable(always, this.#context);
  }

  /** `some(ok(…))` once, then `some(err)`. */
  get(): Result<Result<Fields | undefined, HttpErrorCode>, undefined> {
    if (this.#told) return { tag: "err", val: undefined };
    this.#told = true;
    if (this.#failure) return { tag: "ok", val: { tag: "err", val: this.#failure } };
    return { tag: "ok", val: { tag: "ok", val: undefined } };
  }
}
