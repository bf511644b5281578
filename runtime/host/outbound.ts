import { PlaygroundError } from "../errors.ts";
import type { AllowedHosts } from "../manifest/allowed-hosts.ts";
import type { LockedComponent } from "../manifest/locked-app.ts";
import { answerFromMocks } from "../mocks/answer-from-mocks.ts";
import type { HttpMockRule } from "../protocol.ts";
import type { HttpErrorCode, OutboundHttp, OutboundRequest, OutboundResult } from "./context.ts";
import { drain } from "./drain.ts";
import { bodySizeErrorCodes, internalError, outboundErrorCodes } from "./outbound-error-codes.ts";
import { explainFailure } from "./outbound-failure.ts";
import { BodyTooLongError, RedirectHiddenError, sendToNetwork } from "./outbound-fetch.ts";
import { answerInside, ChainError, type InsideOptions } from "./outbound-inside.ts";
import { toBrowserHeaders } from "./outbound-headers.ts";
import { fromResponse, type OutboundAnswer, withHttpFailure } from "./outbound-response.ts";
import { type OutboundTarget, resolveTarget } from "./outbound-target.ts";
import { limitGaps, startHeadTimeouts } from "./outbound-timeouts.ts";

export interface OutboundOptions extends InsideOptions {
  component: LockedComponent;
  hosts: AllowedHosts;
  fetch: typeof fetch;
  mocks: readonly HttpMockRule[];
  /** Told of each denial; `hint` is Spin's text with the line to add to the manifest. */
  denied(destination: string, hint: string): void;
  /** One line for the component's log, stream `engine`. */
  log(text: string): void;
  /** The application's own origin. Without it: the origin of this page or worker. */
  origin?: string;
}

type Failure = Extract<OutboundResult, { ok: false }>;

/**
 * Outbound HTTP of one instance: the allow-list first, then the application itself, then `mocks.json`, then the
 * browser's `fetch`. A failure is a `wasi:http` error-code for the guest and a line in the log for the person.
 */
export function createOutbound(options: OutboundOptions): OutboundHttp {
  const origin = options.origin ?? (typeof location === "undefined" ? "http://localhost" : location.origin);
  return {
    async send(request) {
      const result = await sendChecked(options, request, origin).catch((fault: unknown) => ownFault(options, fault));
      // Nobody reads the body any more: a guest that is still writing it must not wait for ever.
      if (!result.ok) request.body?.cancel();
      return result;
    },
  };
}

async function sendChecked(
  options: OutboundOptions,
  request: OutboundRequest,
  origin: string,
): Promise<OutboundResult> {
  const found = resolveTarget(request.url, options.hosts, origin);
  if ("invalid" in found) {
    options.log(`An outbound request could not be sent: ${found.invalid}.`);
    return failed(outboundErrorCodes.invalidUrl);
  }
  if ("denied" in found) {
    const { destination, hint } = found.denied;
    options.log(`Outbound network destination not allowed: ${destination}`);
    for (const line of hint.split("\n")) options.log(line);
    for (const { message } of options.hosts.faults) {
      options.log(`An entry of allowed_outbound_hosts allows nothing: ${message}`);
    }
    options.denied(destination, hint);
    return failed(outboundErrorCodes.denied);
  }
  if (found.target.kind === "network" && !isMethodForFetch(request.method)) {
    options.log(`A browser cannot send requests with the method ${request.method}.`);
    return failed(outboundErrorCodes.invalidMethod);
  }

  const timeouts = startHeadTimeouts(request, (text) => options.log(text));
  const signal = AbortSignal.any([options.signal, request.signal, timeouts.signal]);
  try {
    const answered = await Promise.race([answer(options, request, found.target, signal), rejectWhenAborted(signal)]);
    return { ...answered, body: limitGaps(withHttpFailure(answered.body), request.betweenBytesTimeoutMs) };
  } catch (cause) {
    if (timeouts.signal.aborted) return failed(outboundErrorCodes.noFirstByte);
    if (signal.aborted) return failed(outboundErrorCodes.givenUp);
    return explain(options, request, found.target, cause);
  } finally {
    timeouts.clear();
  }
}

async function answer(
  options: OutboundOptions,
  request: OutboundRequest,
  target: OutboundTarget,
  signal: AbortSignal,
): Promise<OutboundAnswer> {
  if (target.kind !== "network") return answerInside(options, request, target);
  const { method, body } = request;
  /** Of the response's body, which may be read long after the time-out of its head. */
  const wanted = AbortSignal.any([options.signal, request.signal]);
  const mocked = await answerFromMocks(options.mocks, new Request(target.url, { method, signal }));
  if (mocked !== undefined) {
    // A guest that goes on writing is not told of a failure that there is not.
    if (body !== undefined) void drain(body);
    return fromResponse(mocked, false, wanted);
  }
  const { headers, dropped } = toBrowserHeaders(request.headers);
  if (dropped.length > 0) {
    options.log(
      `The browser does not let a page set these headers, so ${method} ${target.url.href} went without them: ` +
        `${dropped.join(", ")}.`,
    );
  }
  const response = await sendToNetwork({ ...options, method, url: target.url, headers, body, signal });
  void request.trailers?.then((trailers) => {
    if (trailers.length === 0) return;
    const names = trailers.map(([name]) => name).join(", ");
    options.log(`The browser sends no trailers, so ${method} ${target.url.href} went without them: ${names}.`);
  });
  return fromResponse(response, true, wanted);
}

async function explain(
  options: OutboundOptions,
  { method, body }: OutboundRequest,
  target: OutboundTarget,
  cause: unknown,
): Promise<Failure> {
  if (body?.state === "failed") return failed(outboundErrorCodes.requestBroken);
  const text = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof BodyTooLongError) {
    options.log(text);
    return failed({ tag: bodySizeErrorCodes.request, val: BigInt(cause.length) });
  }
  if (cause instanceof ChainError) {
    const trap = new PlaygroundError("instance-failed", `guest invocation failed: ${text}`, { cause });
    return { ok: false, error: internalError(text), trap };
  }
  if (cause instanceof RedirectHiddenError || target.kind !== "network") {
    options.log(text);
    return failed(internalError(text));
  }
  const { error, explanation } = await explainFailure({
    method,
    url: target.url,
    cause,
    fetch: options.fetch,
    signal: options.signal,
    secureOrigin: typeof location !== "undefined" && location.protocol === "https:",
    online: typeof navigator === "undefined" || navigator.onLine,
  });
  options.log(explanation);
  return failed(error);
}

/** A fault of this code: the guest gets an error like any other, and the log says whose it is. */
function ownFault(options: OutboundOptions, fault: unknown): Failure {
  const text = `The playground failed to send a request: ${String(fault)}`;
  options.log(text);
  return failed(internalError(text));
}

/** The methods that the Fetch standard takes: any token but the three that it forbids. */
function isMethodForFetch(method: string): boolean {
  return /^[!#$%&'*+.^_`|~\w-]+$/.test(method) && !/^(?:connect|trace|track)$/i.test(method);
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = (): void => reject(new Error("The request was given up."));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}

function failed(error: HttpErrorCode): Failure {
  return { ok: false, error };
}
