import type { HttpErrorCode, InstanceContext, OutboundRequest, OutboundResult } from "./context.ts";
import type { RequestHead } from "./http-request-head.ts";
import { Wakeup, type Waitable } from "./wakeup.ts";
import { IncomingResponse } from "./wasi-http-incoming.ts";
import type { OutgoingRequest, RequestOptions } from "./wasi-http-outgoing-request.ts";
import { httpFailure, methodName, type Result } from "./wasi-http-types.ts";
import { Pollable } from "./wasi-io-poll.ts";

const nanosecondsPerMillisecond = 1_000_000;

/**
 * `wasi:http/outgoing-handler.handle`. Sends at once and returns the future of the response; that a host is not allowed,
 * or cannot be reached, is told by the future. Only a request that cannot be sent at all fails here.
 */
export function handle(
  context: InstanceContext,
  request: OutgoingRequest,
  options: RequestOptions | undefined,
): FutureIncomingResponse {
  const content = request.takenBody()?.content;
  const dropped = new AbortController();
  const sent = context.outbound.send({
    method: methodName(request.head.method),
    url: requestUrl(request.head),
    headers: request.headers().entries(),
    body: content?.source,
    ...(content === undefined ? {} : { trailers: content.trailers }),
    signal: AbortSignal.any([context.signal, dropped.signal]),
    ...timeouts(options),
  });
  return new FutureIncomingResponse(context, sent, dropped);
}

/**
 * Without a host the request goes to the application itself; without a scheme it is https (Wasmtime's default). A fragment
 * is not sent.
 */
export function requestUrl(head: Readonly<RequestHead>): string {
  const [path = ""] = (head.pathWithQuery ?? "").split("#", 1);
  const pathWithQuery = path.startsWith("/") ? path : `/${path}`;
  const scheme = head.scheme ?? { tag: "HTTPS" };
  if (scheme.tag === "other") throw httpFailure({ tag: "HTTP-protocol-error" });
  const authority = head.authority ?? "";
  const hasHost = authority !== "" && !authority.startsWith(":");
  return hasHost ? `${scheme.tag.toLowerCase()}://${authority}${pathWithQuery}` : pathWithQuery;
}

type Timeouts = Pick<OutboundRequest, "connectTimeoutMs" | "firstByteTimeoutMs" | "betweenBytesTimeoutMs">;

/** Time-outs in milliseconds, as an outbound request has them. */
export function timeouts(options: RequestOptions | undefined): Timeouts {
  const connect = options?.connectTimeout();
  const firstByte = options?.firstByteTimeout();
  const betweenBytes = options?.betweenBytesTimeout();
  return {
    ...(connect === undefined ? {} : { connectTimeoutMs: Number(connect) / nanosecondsPerMillisecond }),
    ...(firstByte === undefined ? {} : { firstByteTimeoutMs: Number(firstByte) / nanosecondsPerMillisecond }),
    ...(betweenBytes === undefined ? {} : { betweenBytesTimeoutMs: Number(betweenBytes) / nanosecondsPerMillisecond }),
  };
}

/** `wasi:http/types.future-incoming-response`. */
export class FutureIncomingResponse {
  readonly #context: InstanceContext;
  readonly #waitable: Waitable;
  readonly #arrived = new Wakeup();
  readonly #dropped: AbortController;
  #outcome: OutboundResult | undefined;
  #told = false;

  /** `dropped` is aborted when the guest no longer wants the response; it must end the request. */
  constructor(context: InstanceContext, sent: Promise<OutboundResult>, dropped: AbortController) {
    this.#context = context;
    this.#dropped = dropped;
    const hasArrived = (): boolean => this.#outcome !== undefined;
    this.#waitable = {
      get isReady() {
        return hasArrived();
      },
      ready: () => (hasArrived() ? Promise.resolve() : this.#arrived.wait()),
    };
    void this.#receive(sent);
  }

  subscribe(): Pollable {
    return new Pollable(this.#waitable, this.#context);
  }

  /** `none` until it is there, `some(ok(…))` once, then `some(err)`. Traps where the host has trapped, as in Wasmtime. */
  get(): Result<Result<IncomingResponse, HttpErrorCode>, undefined> | undefined {
    if (this.#outcome === undefined) return undefined;
    if (this.#told) return { tag: "err", val: undefined };
    this.#told = true;
    if (!this.#outcome.ok && this.#outcome.trap) throw this.#outcome.trap;
    if (!this.#outcome.ok) return { tag: "ok", val: { tag: "err", val: this.#outcome.error } };
    return { tag: "ok", val: { tag: "ok", val: new IncomingResponse(this.#context, this.#outcome) } };
  }

  /** Dropped before the response was taken: the request is given up, as in Wasmtime. */
  [Symbol.dispose](): void {
    if (!this.#told) this.#dropped.abort();
  }

  async #receive(sent: Promise<OutboundResult>): Promise<void> {
    try {
      this.#outcome = await sent;
    } catch (error) {
      // `send` promises not to reject; should it do so, the guest still gets an answer, with the reason in it.
      this.#outcome = { ok: false, error: { tag: "internal-error", val: String(error) } };
    }
    this.#arrived.wake();
  }
}
