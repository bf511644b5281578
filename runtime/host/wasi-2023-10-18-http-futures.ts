import type { HttpErrorCode } from "./context.ts";
import { Fields } from "./wasi-http-fields.ts";
import type { FutureIncomingResponse } from "./wasi-http-handler.ts";
import type { IncomingResponse } from "./wasi-http-incoming.ts";
import type { FutureTrailers } from "./wasi-http-incoming-body.ts";
import type { Result } from "./wasi-http-types.ts";
import type { Pollable } from "./wasi-io-poll.ts";
import { describePayload } from "./wit-error.ts";

/** `wasi:http/types.error`, from before there were error codes. */
export interface HttpError20231018 {
  tag: "invalid-url" | "timeout-error" | "protocol-error" | "unexpected-error";
  val: string;
}

/** As Spin maps it: every code is `unexpected-error` with its text. */
export function toError20231018(code: HttpErrorCode): HttpError20231018 {
  return { tag: "unexpected-error", val: describePayload(code) };
}

/** `future-trailers`: no trailers are empty ones, and asking a second time traps. */
export class FutureTrailers20231018 {
  readonly #future: FutureTrailers;

  constructor(future: FutureTrailers) {
    this.#future = future;
  }

  subscribe(): Pollable {
    return this.#future.subscribe();
  }

  get(): Result<Fields, HttpError20231018> | undefined {
    const told = this.#future.get();
    if (told === undefined) return undefined;
    if (told.tag === "err") throw new Error("future-trailers.get: the trailers were retrieved already");
    if (told.val.tag === "err") return { tag: "err", val: toError20231018(told.val.val) };
    return { tag: "ok", val: told.val.val ?? new Fields() };
  }

  [Symbol.dispose](): void {
    this.#future[Symbol.dispose]();
  }
}

/** `future-incoming-response` with errors of that time. */
export class FutureIncomingResponse20231018 {
  readonly #future: FutureIncomingResponse;

  constructor(future: FutureIncomingResponse) {
    this.#future = future;
  }

  subscribe(): Pollable {
    return this.#future.subscribe();
  }

  get(): Result<Result<IncomingResponse, HttpError20231018>, undefined> | undefined {
    const told = this.#future.get();
    if (told?.tag !== "ok" || told.val.tag !== "err") return told as ReturnType<FutureIncomingResponse20231018["get"]>;
    return { tag: "ok", val: { tag: "err", val: toError20231018(told.val.val) } };
  }

  [Symbol.dispose](): void {
    this.#future[Symbol.dispose]();
  }
}
