import type { PlaygroundError } from "../errors.ts";
import type { ByteSource } from "../host/byte-stream.ts";
import { bytesSource } from "../host/bytes-source.ts";
import type { InstanceContext, OutboundHttp } from "../host/context.ts";
import { createExchange } from "../host/http-exchange.ts";
import { readableStreamSource } from "../host/readable-stream-source.ts";
import { type FieldEntry, fieldValueFromByteString } from "../host/wasi-http-fields.ts";
import type { Limits, WireRequest } from "../protocol.ts";
import type { KeyValueStores } from "../stores/key-value.ts";
import type { LoadedComponent } from "./application.ts";
import { toFailure } from "./failure.ts";
import { instantiate } from "./instantiate.ts";
import { LastWords } from "./last-words.ts";
import { LineSplitter } from "./lines.ts";
import { unlessAborted } from "./request-life.ts";
import { requireSendable } from "./response-head.ts";
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
  /** Aborts when the request is over: it was answered in full, the caller is gone, or the deadline passed. */
  signal: AbortSignal;
}

const utf8 = new TextEncoder();

export type ComponentAnswer = {
  status: number;
  headers: [string, string][];
  first: Uint8Array<ArrayBuffer>;
  body: ByteSource | undefined;
};

/**
 * Runs one request through a fresh instance of a component. Settles with the head of the response, and as much of the
 * body as there is by the time the guest first waits; rejects with what went wrong before the head. `onDone` is called
 * once, when the guest has returned (or never will): with what it failed of, and why its response is not whole.
 */
export async function runComponent(
  request: ComponentRequest,
  onDone: (failure: PlaygroundError | undefined, broken: PlaygroundError | undefined) => void,
): Promise<ComponentAnswer> {
  const { component, recorder, signal } = request;
  const waits = new Waits(signal);
  const stdout = new LineSplitter((line) => request.log("stdout", line));
  const words = new LastWords();
  const stderr = new LineSplitter((line) => {
    words.heard(line);
    request.log("stderr", line);
  });
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
  signal.throwIfAborted();

  const exchange = createExchange(context, incoming(request));
  const endHandler = recorder.begin("handler");
  const finish = (failure?: PlaygroundError): void => {
    endHandler();
    stdout.end();
    stderr.end();
    const broken = exchange.handlerDone(failure);
    onDone(failure ?? broken, broken && (words.failure ?? broken));
  };
  const returned = unlessAborted(handler.handle(exchange.incomingRequest, exchange.responseOutparam), signal).then(
    () => finish(),
    (error: unknown) => finish(toFailure(error)),
  );

  const { status, headers, body } = await exchange.response;
  // One message for the whole response when the guest answers without waiting; else what there is goes out now.
  await Promise.race([returned, waits.begun]);
  const first = body.take(Number.MAX_SAFE_INTEGER).slice();
  // Nothing was sent yet, so a failure can still be answered as one. StarlingMonkey comes here when a handler throws: it
  // sets status 500, prints the error, and leaves the body without an end.
  if (body.state === "failed" && (status === 500 || first.length === 0)) throw words.failure ?? toFailure(body.failure);
  requireSendable(status);
  return { status, headers, first, body: body.state === "ended" ? undefined : body };
}

/** Knows whether the guest is waiting for something outside. */
class Waits {
  readonly #signal: AbortSignal;
  #count = 0;
  #resolve: (() => void) | undefined;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Never settles once the request is over: the guest must not run on after its end. */
  track<T>(wait: Promise<T>): Promise<T> {
    this.#count += 1;
    this.#resolve?.();
    return new Promise((resolve, reject) => {
      const unlessOver =
        <Value>(settle: (value: Value) => void) =>
        (value: Value): void => {
          this.#count -= 1;
          if (!this.#signal.aborted) settle(value);
        };
      wait.then(unlessOver(resolve), unlessOver(reject));
    });
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
  const sent = wire.headers.filter(([name]) => !own.has(name.toLowerCase()));
  if (!sent.some(([name]) => name.toLowerCase() === "host")) sent.unshift(["host", url.host]);
  const headers = [
    ...sent.map(([name, value]): FieldEntry => [name, fieldValueFromByteString(value)]),
    ...spinHeaders.map(([name, value]): FieldEntry => [name, utf8.encode(value)]),
  ];
  return {
    method: wire.method,
    scheme: url.protocol === "https:" ? "HTTPS" : "HTTP",
    authority: url.host,
    pathWithQuery: url.pathname + url.search,
    headers,
    body:
      wire.body instanceof ReadableStream
        ? readableStreamSource(wire.body, signal)
        : bytesSource(wire.body ?? new Uint8Array()),
  };
}
