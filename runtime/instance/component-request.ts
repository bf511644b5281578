import type { InstanceContext, OutboundHttp } from "../host/context.ts";
import { bytesSource } from "../host/bytes-source.ts";
import { createExchange } from "../host/http-exchange.ts";
import { readableStreamSource } from "../host/readable-stream-source.ts";
import type { Limits, WireRequest } from "../protocol.ts";
import type { KeyValueStores } from "../stores/key-value.ts";
import type { LoadedComponent } from "./application.ts";
import { toFailure } from "./failure.ts";
import { instantiate } from "./instantiate.ts";
import { LineSplitter } from "./lines.ts";
import type { TraceRecorder } from "./trace-recorder.ts";

export interface ComponentRequest {
  requestId: string;
  wire: WireRequest;
  /** Spin's own headers for the matched route. */
  spinHeaders: [string, string][];
  component: LoadedComponent;
  keyValue: KeyValueStores;
  outbound: OutboundHttp;
  limits: Limits;
  recorder: TraceRecorder;
  log(stream: "stdout" | "stderr", text: string): void;
  /** Aborts when the caller is gone or the deadline passed. */
  signal: AbortSignal;
}

const utf8 = new TextEncoder();

export type ComponentAnswer = {
  status: number;
  headers: [string, string][];
  first: Uint8Array<ArrayBuffer>;
  body: import("../host/byte-stream.ts").ByteSource | undefined;
};

/**
 * Runs one request through a fresh instance of a component. Settles with the head of the response, and as much of the
 * body as there is by the time the guest first waits; rejects with what went wrong before the head. `onDone` is called
 * once, when the guest has returned (or never will), with the failure if there was one.
 */
export async function runComponent(
  request: ComponentRequest,
  onDone: (failure?: Error) => void,
): Promise<ComponentAnswer> {
  const { component, recorder, signal } = request;
  const waits = new Waits();
  const stdout = new LineSplitter((line) => request.log("stdout", line));
  const stderr = new LineSplitter((line) => request.log("stderr", line));
  const context: InstanceContext = {
    requestId: request.requestId,
    component: component.locked,
    variables: component.variables,
    keyValue: request.keyValue,
    outbound: request.outbound,
    log: (stream, bytes) => (stream === "stdout" ? stdout : stderr).write(bytes),
    suspending: (wait) => waits.track(wait),
    signal,
  };
  const endInstance = recorder.begin("instance");
  const handler = await instantiate(component.prepared, component.glue, context, request.limits.memoryBytes);
  endInstance();

  const exchange = createExchange(context, incoming(request));
  const endHandler = recorder.begin("handler");
  const finish = (failure?: Error): void => {
    endHandler();
    stdout.end();
    stderr.end();
    exchange.handlerDone(failure);
    onDone(failure);
  };
  const returned = Promise.race([
    handler.handle(exchange.incomingRequest, exchange.responseOutparam),
    aborted(signal),
  ]).then(
    () => finish(),
    (error: unknown) => finish(toFailure(error)),
  );

  const { status, headers, body } = await exchange.response;
  // One message for the whole response when the guest answers without waiting; else what there is goes out now.
  await Promise.race([returned, waits.begun]);
  const first = body.take(Number.MAX_SAFE_INTEGER).slice();
  return { status, headers, first, body: body.state === "ended" ? undefined : body };
}

/** Rejects when the signal aborts, with its reason. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(toFailure(signal.reason));
    signal.addEventListener("abort", () => reject(toFailure(signal.reason)), { once: true });
  });
}

/** Knows whether the guest is waiting for something outside. */
class Waits {
  #count = 0;
  #resolve: (() => void) | undefined;

  track<T>(wait: Promise<T>): Promise<T> {
    this.#count += 1;
    this.#resolve?.();
    return wait.finally(() => (this.#count -= 1));
  }

  /** Settles when the guest waits, at once if it does so now. */
  get begun(): Promise<void> {
    return this.#count > 0 ? Promise.resolve() : new Promise((resolve) => (this.#resolve = resolve));
  }
}

function incoming({ wire, spinHeaders, signal }: ComponentRequest): Parameters<typeof createExchange>[1] {
  const url = new URL(wire.url);
  const own = new Set(spinHeaders.map(([name]) => name));
  // A client that sends one of Spin's headers itself must not be able to forge it.
  const headers = [...wire.headers.filter(([name]) => !own.has(name.toLowerCase())), ...spinHeaders];
  if (!headers.some(([name]) => name.toLowerCase() === "host")) headers.unshift(["host", url.host]);
  return {
    method: wire.method,
    scheme: url.protocol === "https:" ? "HTTPS" : "HTTP",
    authority: url.host,
    pathWithQuery: url.pathname + url.search,
    headers: headers.map(([name, value]): [string, Uint8Array] => [name, utf8.encode(value)]),
    body:
      wire.body instanceof ReadableStream
        ? readableStreamSource(wire.body, signal)
        : bytesSource(wire.body ?? new Uint8Array()),
  };
}
