import type { AllowedHosts } from "../manifest/allowed-hosts.ts";
import type { LockedComponent } from "../manifest/locked-app.ts";
import { answerFromMocks } from "../mocks/answer-from-mocks.ts";
import type { MockRule } from "../protocol.ts";
import type { HttpErrorCode, OutboundHttp, OutboundRequest, OutboundResult } from "./context.ts";
import { drain, streamBody } from "./outbound-body.ts";
import { explainFailure } from "./outbound-failure.ts";
import { RedirectHiddenError, sendToNetwork } from "./outbound-fetch.ts";
import { toBrowserHeaders } from "./outbound-headers.ts";
import { toOutboundResult } from "./outbound-response.ts";
import { fieldValueToByteString } from "./wasi-http-fields.ts";
import { type OutboundTarget, resolveTarget } from "./outbound-target.ts";

export interface OutboundOptions {
  component: LockedComponent;
  hosts: AllowedHosts;
  /**
   * Answers from the application itself, through its routes. `headers` are all headers as the component gave them: a
   * browser's `Request` keeps some of them (`cookie`, `origin`) to itself.
   */
  self(request: Request, headers: [name: string, value: string][]): Promise<Response>;
  /** Answers from one component (service chaining). Where it is left out, such requests are refused and say so. */
  chain?(componentId: string, request: Request, headers: [name: string, value: string][]): Promise<Response>;
  fetch: typeof fetch;
  mocks: readonly MockRule[];
  /** Told of each denial; `hint` is Spin's text with the line to add to the manifest. */
  denied(destination: string, hint: string): void;
  /** One line for the component's log, stream `engine`. */
  log(text: string): void;
  /** Aborted when the request is over for which the instance was made. */
  signal: AbortSignal;
  /** The application's own origin. Without it: the origin of this page or worker. */
  origin?: string;
}

/** Spin's default for each of the three. */
const defaultTimeoutMs = 600_000;

type Failure = { ok: false; error: HttpErrorCode };

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
    return failed({ tag: "HTTP-request-URI-invalid" });
  }
  if ("denied" in found) {
    const { destination, hint } = found.denied;
    options.log(`Outbound network destination not allowed: ${destination}`);
    for (const line of hint.split("\n")) options.log(line);
    for (const { message } of options.hosts.faults) {
      options.log(`An entry of allowed_outbound_hosts allows nothing: ${message}`);
    }
    options.denied(destination, hint);
    return failed({ tag: "HTTP-request-denied" });
  }
  if (!isMethodForFetch(request.method)) {
    options.log(`A browser cannot send requests with the method ${request.method}.`);
    return failed({ tag: "HTTP-request-method-invalid" });
  }

  const time = headTimeout(request);
  const signal = AbortSignal.any([options.signal, request.signal, time.signal]);
  try {
    const { response, decoded } = await Promise.race([
      answer(options, request, found.target, signal),
      rejectWhenAborted(signal),
    ]);
    return toOutboundResult(response, {
      decoded,
      betweenBytesTimeoutMs: request.betweenBytesTimeoutMs,
      signal: AbortSignal.any([options.signal, request.signal]),
    });
  } catch (cause) {
    if (time.signal.aborted) return failed({ tag: "HTTP-response-timeout" });
    if (signal.aborted) return failed({ tag: "connection-terminated" });
    return explain(options, request, found.target, cause);
  } finally {
    time.clear();
  }
}

async function answer(
  options: OutboundOptions,
  request: OutboundRequest,
  target: OutboundTarget,
  signal: AbortSignal,
): Promise<{ response: Response; decoded: boolean }> {
  const { method, body } = request;
  if (target.kind !== "network")
    return { response: await answerInside(options, request, target, signal), decoded: false };

  const mocked = await answerFromMocks(options.mocks, new Request(target.url, { method, signal }));
  if (mocked !== undefined) {
    if (body !== undefined) void drain(body);
    return { response: mocked, decoded: false };
  }
  const { headers, dropped } = toBrowserHeaders(request.headers);
  if (dropped.length > 0) {
    options.log(
      `The browser does not let a page set these headers, so ${method} ${target.url.href} went without them: ` +
        `${dropped.join(", ")}.`,
    );
  }
  const response = await sendToNetwork({ ...options, method, url: target.url, headers, body, signal });
  return { response, decoded: true };
}

function answerInside(
  options: OutboundOptions,
  { method, headers, body }: OutboundRequest,
  target: Exclude<OutboundTarget, { kind: "network" }>,
  signal: AbortSignal,
): Promise<Response> {
  const pairs = headers.map(([name, value]): [string, string] => [name, fieldValueToByteString(value)]);
  const bodiless = body === undefined || method === "GET" || method === "HEAD";
  if (bodiless) body?.cancel();
  const init = bodiless ? {} : { body: streamBody(new Uint8Array(), body).stream, duplex: "half" as const };
  const request = new Request(target.url, { method, headers: pairs, signal, ...init });
  if (target.kind === "self") return options.self(request, pairs);
  if (options.chain !== undefined) return options.chain(target.id, request, pairs);
  throw new UnsupportedError(
    `The playground does not do service chaining (${target.url.host}) yet; native Spin does. ` +
      "A relative URL reaches the application through its routes.",
  );
}

/** Something that native Spin does and the playground says it does not. */
class UnsupportedError extends Error {
  override readonly name = "UnsupportedError";
}

async function explain(
  options: OutboundOptions,
  { method, body }: OutboundRequest,
  target: OutboundTarget,
  cause: unknown,
): Promise<Failure> {
  if (body?.state === "failed")
    return failed({ tag: "internal-error", val: "The component broke off the request body." });
  const text = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof UnsupportedError || cause instanceof RedirectHiddenError || target.kind !== "network") {
    options.log(text);
    return failed({ tag: "internal-error", val: text });
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

/**
 * The time until the response's head. A browser does not show when a connection is made, so the guest's two timeouts
 * together are one.
 */
function headTimeout(request: OutboundRequest): { signal: AbortSignal; clear(): void } {
  const controller = new AbortController();
  const connect = request.connectTimeoutMs ?? defaultTimeoutMs;
  const firstByte = request.firstByteTimeoutMs ?? defaultTimeoutMs;
  const timer = setTimeout(() => controller.abort(), connect + firstByte);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}

/** A fault of this code: the guest gets an error like any other, and the log says whose it is. */
function ownFault(options: OutboundOptions, fault: unknown): Failure {
  const text = `The playground failed to send a request: ${String(fault)}`;
  options.log(text);
  return failed({ tag: "internal-error", val: text });
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
