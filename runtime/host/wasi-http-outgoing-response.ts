import type { InstanceContext } from "./context.ts";
import { Once } from "./once.ts";
import { Fields } from "./wasi-http-fields.ts";
import { contentLength, OutgoingBody } from "./wasi-http-outgoing-body.ts";
import { failure } from "./wit-error.ts";

/** `wasi:http/types.outgoing-response`. Constructed by the guest with headers alone: the context is bound before. */
export class OutgoingResponse {
  readonly #headers: Fields;
  readonly #body: OutgoingBody;
  readonly #handOut: Once<OutgoingBody>;
  #bodyTaken = false;
  #status = 200;

  constructor(context: InstanceContext, headers: Fields) {
    this.#headers = Fields.immutable(headers.entries());
    this.#body = new OutgoingBody(context, "response", contentLength(headers));
    this.#handOut = new Once(this.#body);
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
    return Fields.immutable(this.#headers.entries());
  }

  body(): OutgoingBody {
    const body = this.#handOut.take();
    this.#bodyTaken = true;
    return body;
  }

  /** The host's way in: what the guest asked to be sent. `body` is missing when the guest never took it: it is empty. */
  message(): { status: number; headers: Fields; body: OutgoingBody | undefined } {
    return { status: this.#status, headers: this.#headers, body: this.#bodyTaken ? this.#body : undefined };
  }
}
