import type { HttpErrorCode, InstanceContext } from "./context.ts";
import type { HostInterfaces } from "./host-interface.ts";
import { facade } from "./release-candidate.ts";
import { candidate20231110 as version } from "./release-candidate-facts.ts";
import type { Fields } from "./wasi-http-fields.ts";
import { type FutureTrailers, IncomingBody } from "./wasi-http-incoming-body.ts";
import { RequestOptions } from "./wasi-http-outgoing-request.ts";
import type { Result } from "./wasi-http-types.ts";
import { wasiHttp } from "./wasi-http.ts";
import type { Pollable } from "./wasi-io-poll.ts";

const nanosecondsPerMillisecond = 1_000_000n;

/**
 * `request-options`, whose time-outs are milliseconds by name and description, though their type is `duration`. (Spin 3 takes
 * the number for nanoseconds; a guest of that time meant milliseconds.)
 */
class RequestOptionsInMilliseconds extends RequestOptions {
  connectTimeoutMs(): bigint | undefined {
    return toMilliseconds(this.connectTimeout());
  }

  setConnectTimeoutMs(milliseconds: bigint | undefined): void {
    this.setConnectTimeout(toNanoseconds(milliseconds));
  }

  firstByteTimeoutMs(): bigint | undefined {
    return toMilliseconds(this.firstByteTimeout());
  }

  setFirstByteTimeoutMs(milliseconds: bigint | undefined): void {
    this.setFirstByteTimeout(toNanoseconds(milliseconds));
  }

  betweenBytesTimeoutMs(): bigint | undefined {
    return toMilliseconds(this.betweenBytesTimeout());
  }

  setBetweenBytesTimeoutMs(milliseconds: bigint | undefined): void {
    this.setBetweenBytesTimeout(toNanoseconds(milliseconds));
  }
}

function toMilliseconds(nanoseconds: bigint | undefined): bigint | undefined {
  return nanoseconds === undefined ? undefined : nanoseconds / nanosecondsPerMillisecond;
}

function toNanoseconds(milliseconds: bigint | undefined): bigint | undefined {
  return milliseconds === undefined ? undefined : milliseconds * nanosecondsPerMillisecond;
}

/** `future-trailers`, whose `get` has one level of `result` less: asking a second time traps. */
class FutureTrailersToldOnce {
  readonly #future: FutureTrailers;

  constructor(future: FutureTrailers) {
    this.#future = future;
  }

  subscribe(): Pollable {
    return this.#future.subscribe();
  }

  get(): Result<Fields | undefined, HttpErrorCode> | undefined {
    const told = this.#future.get();
    if (told?.tag === "err") throw new Error("future-trailers.get: the trailers were retrieved already");
    return told?.val;
  }

  [Symbol.dispose](): void {
    this.#future[Symbol.dispose]();
  }
}

const differing = {
  RequestOptions: RequestOptionsInMilliseconds,
  FutureTrailers: FutureTrailersToldOnce,
  IncomingBody: facade(IncomingBody, {
    finish: (body: IncomingBody) => new FutureTrailersToldOnce(IncomingBody.finish(body)),
  }),
};

/** `wasi:http@0.2.0-rc-2023-11-10`: 0.2.0 but for time-outs and trailers. */
export const wasiHttp20231110: HostInterfaces = {
  [`wasi:http/types@${version}`]: (context: InstanceContext) => ({
    ...wasiHttp["wasi:http/types@0.2"]?.(context),
    ...differing,
  }),
  [`wasi:http/outgoing-handler@${version}`]: (context: InstanceContext) => ({
    ...wasiHttp["wasi:http/outgoing-handler@0.2"]?.(context),
  }),
};
