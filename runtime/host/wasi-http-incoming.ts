import type { ByteSource } from "./byte-stream.ts";
import type { InstanceContext } from "./context.ts";
import { Once } from "./once.ts";
import { Fields, type FieldEntry, withoutForbidden } from "./wasi-http-fields.ts";
import { IncomingBody } from "./wasi-http-incoming-body.ts";
import { methodFromName, type Method, type Scheme } from "./wasi-http-types.ts";

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
  /** Settles (never rejects) at the end of the body. Missing where there can be none: browsers send no trailers. */
  trailers?: Promise<FieldEntry[]>;
}

/** `wasi:http/types.incoming-request`. */
export class IncomingRequest {
  readonly #request: HttpRequest;
  readonly #headers: Fields;
  readonly #body: Once<IncomingBody>;

  constructor(context: InstanceContext, request: HttpRequest) {
    this.#request = request;
    this.#headers = Fields.immutable(request.headers);
    this.#body = new Once(new IncomingBody(context, request.body, request.trailers));
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
    return this.#headers.view();
  }

  consume(): IncomingBody {
    return this.#body.take();
  }

  /** Dropped with its body: nobody can read it any more. */
  [Symbol.dispose](): void {
    this.#body.takeIfThere()?.[Symbol.dispose]();
  }
}

/** A response as it reaches the guest. */
export interface HttpResponse {
  status: number;
  headers: FieldEntry[];
  body: ByteSource;
  /** As those of `HttpRequest`. */
  trailers?: Promise<FieldEntry[]>;
}

/** `wasi:http/types.incoming-response`. */
export class IncomingResponse {
  readonly #status: number;
  readonly #headers: Fields;
  readonly #body: Once<IncomingBody>;

  constructor(context: InstanceContext, { status, headers, body, trailers }: HttpResponse) {
    this.#status = status;
    this.#headers = Fields.immutable(withoutForbidden(headers));
    this.#body = new Once(new IncomingBody(context, body, trailers));
  }

  status(): number {
    return this.#status;
  }

  headers(): Fields {
    return this.#headers.view();
  }

  consume(): IncomingBody {
    return this.#body.take();
  }

  /** Dropped with its body: nobody can read it any more. */
  [Symbol.dispose](): void {
    this.#body.takeIfThere()?.[Symbol.dispose]();
  }
}
