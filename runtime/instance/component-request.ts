import type { PlaygroundError } from "../errors.ts";
import type { ByteSource } from "../host/byte-stream.ts";
import type { OutboundHttp } from "../host/context.ts";
import { createExchange } from "../host/http-exchange.ts";
import { limitedSource } from "../host/limited-source.ts";
import type { EngineEvent, Limits, LogLine, WireRequest } from "../protocol.ts";
import type { LoadedComponent } from "./application.ts";
import type { RequestPart } from "./bindable-context.ts";
import { responseTooLong, toFailure } from "./failure.ts";
import { GuestLog } from "./guest-log.ts";
import type { GuestTurn } from "./guest-turns.ts";
import { incomingRequest } from "./incoming-request.ts";
import type { Instances } from "./instances.ts";
import { unlessAborted } from "./request-life.ts";
import { requireSendable } from "./response-head.ts";
import { storeDenial } from "./store-denial.ts";
import type { TraceRecorder } from "./trace-recorder.ts";

export interface ComponentRequest {
  requestId: string;
  wire: WireRequest;
  /** Spin's own headers for the matched route. */
  spinHeaders: [string, string][];
  /** Whether another component asks, by service chaining. */
  isChained: boolean;
  component: LoadedComponent;
  instances: Instances;
  turn: GuestTurn;
  outbound: OutboundHttp;
  readVault: RequestPart["readVault"];
  limits: Limits;
  recorder: TraceRecorder;
  log: (stream: LogLine["stream"], text: string) => void;
  emit: (event: EngineEvent) => void;
  /** Of the request; settles (never rejects) at the end of its body. */
  trailers?: Promise<[string, string][]>;
  /** Aborts when the request is over: it was answered in full, the caller is gone, or the deadline passed. */
  signal: AbortSignal;
}

export type ComponentAnswer = {
  status: number;
  headers: [string, string][];
  first: Uint8Array<ArrayBuffer>;
  body: ByteSource | undefined;
  /** Settles (never rejects) when the body has ended, failed or is no longer wanted. */
  trailers: Promise<[string, string][]>;
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
  const { component, recorder, turn, signal } = request;
  const waits = new Waits(turn, signal);
  const printed = new GuestLog(request.limits.logBytes, (stream, text) => request.log(stream, text));
  const part: RequestPart = {
    requestId: request.requestId,
    outbound: request.outbound,
    readVault: request.readVault,
    log: (stream, bytes) => printed.write(stream, bytes),
    notice: (text) => request.log("engine", text),
    storeDenied(field, label, backed) {
      const { denied, hint } = storeDenial(field, label, backed);
      request.log("engine", denied);
      request.log("engine", hint);
      request.emit({ type: "store-denied", component: component.locked.id, field, label, backed, hint });
    },
    suspending: (wait) => waits.track(wait),
    signal,
  };
  const endInstance = recorder.begin("instance");
  // A component may compute without end while it is instantiated, too.
  turn.enter();
  const instance = await request.instances.take(component, part).finally(() => turn.leave());
  endInstance(instance.origin);
  recorder.hostCalls = instance.hostCalls;
  signal.throwIfAborted();

  const exchange = createExchange(instance.context, incomingRequest(request));
  const endHandler = recorder.begin("handler");
  const finish = (failure?: PlaygroundError): void => {
    turn.leave();
    endHandler();
    printed.end();
    const broken = exchange.handlerDone(failure);
    if (!failure && !broken) instance.giveBack();
    onDone(failure ?? broken, broken && (printed.failure ?? broken));
  };
  turn.enter();
  const returned = unlessAborted(
    instance.handler.handle(exchange.incomingRequest, exchange.responseOutparam),
    signal,
  ).then(
    () => finish(),
    (error: unknown) => finish(toFailure(error)),
  );

  const { status, headers, body: written, trailers } = await exchange.response;
  // One message for the whole response when the guest answers without waiting; else what there is goes out now.
  await Promise.race([returned, waits.begun]);
  const body = limitedSource(written, request.limits.responseBodyBytes, () => {
    const failure = responseTooLong(request.limits.responseBodyBytes);
    request.log("engine", failure.message);
    recorder.trace.failure = { code: failure.code, message: failure.message };
    return failure;
  });
  const first = body.take(Number.MAX_SAFE_INTEGER).slice();
  // Nothing was sent yet, so a failure can still be answered as one. StarlingMonkey comes here when a handler throws: it
  // sets status 500, prints the error, and leaves the body without an end.
  if (body.state === "failed" && (status === 500 || first.length === 0))
    throw printed.failure ?? toFailure(body.failure);
  requireSendable(status);
  return { status, headers, first, body: body.state === "ended" ? undefined : body, trailers };
}

/** Knows whether the guest is waiting for something outside. */
class Waits {
  readonly #turn: GuestTurn;
  readonly #signal: AbortSignal;
  #count = 0;
  #resolve: (() => void) | undefined;

  constructor(turn: GuestTurn, signal: AbortSignal) {
    this.#turn = turn;
    this.#signal = signal;
  }

  /** Never settles once the request is over: the guest must not run on after its end. */
  track<T>(wait: Promise<T>): Promise<T> {
    this.#count += 1;
    this.#resolve?.();
    this.#turn.leave();
    return new Promise((resolve, reject) => {
      const unlessOver =
        <Value>(settle: (value: Value) => void) =>
        (value: Value): void => {
          this.#count -= 1;
          if (this.#signal.aborted) return;
          this.#turn.enter();
          settle(value);
        };
      wait.then(unlessOver(resolve), unlessOver(reject));
    });
  }

  /** Settles when the guest waits, at once if it does so now. */
  get begun(): Promise<void> {
    return this.#count > 0 ? Promise.resolve() : new Promise((resolve) => (this.#resolve = resolve));
  }
}
