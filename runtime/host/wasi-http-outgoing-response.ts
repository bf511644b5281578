import type { InstanceContext } from "./context.ts";
import type { Fields } from "./wasi-http-fields.ts";
import { contentLength, OutgoingBody } from "./wasi-http-outgoing-body.ts";
import { failure } from "./wit-error.ts";

/** `wasi:http/types.outgoing-response`. Constructed by the guest with headers alone: the context is bound before. */
export class OutgoingResponse {
  readonly #context: InstanceContext;
  readonly #headers: Fields;
  #body: OutgoingBody | undefined;
  #status = 200;

  /** Takes over `headers`: nobody else may change them from now on. */
  constructor(context: InstanceContext, headers: Fields) {
    this.#context = context;
    this.#headers = headers;
  }

  statusCode(): number {
    return this.#status;
  }

  /** Three digits, as HTTP has them; anything else is an error. */
  setStatusCode(status: number): void {
    if (status < 100 || status > 999) throw failure();
    this.#status = status;
  }

  /** A view that cannot be changed. */
  headers(): Fields {
    return this.#headers.view();
  }

  /** Once; an error as well when `content-length` is no number. */
  body(): OutgoingBody {
    if (this.#body !== undefined) throw failure();
    this.#body = new OutgoingBody(this.#context, "response", contentLength(this.#headers));
    return this.#body;
  }

  /** The host's way in: what the guest asked to be sent. `body` is missing when the guest never took it: it is empty. */
  message(): { status: number; headers: Fields; body: OutgoingBody | undefined } {
    return { status: this.#status, headers: this.#headers, body: this.#body };
  }

  /** Dropped without being set: what is written into its body has no reader. */
  [Symbol.dispose](): void {
    this.#body?.content.source.cancel();
  }
}
