import type { PlaygroundError } from "../errors.ts";
import type { ByteSource } from "../host/byte-stream.ts";
import type { OutboundHttp } from "../host/context.ts";
import { isAsyncHandler } from "../host/wit-facts.ts";
import { limitedSource } from "../host/limited-source.ts";
import type { EngineEvent, Limits, LogLine, WireRequest } from "../protocol.ts";
import type { Route } from "../routing/routes.ts";
import type { LoadedComponent } from "./application.ts";
import type { RequestPart } from "./bindable-context.ts";
import { responseTooLong, toFailure } from "./failure.ts";
import type { GlueTimers } from "./glue-timers.ts";
import { callGuest } from "./guest-call.ts";
import { GuestLog } from "./guest-log.ts";
import type { GuestTurn } from "./guest-turns.ts";
import { incomingRequest } from "./incoming-request.ts";
import type { Instances } from "./instances.ts";
import { unlessAborted } from "./request-life.ts";
import { requireSendable } from "./response-head.ts";
import { storeDenial } from "./store-denial.ts";
import type { TraceRecorder } from "./trace-recorder.ts";
import { concurrentWaits, suspendingWaits } from "./waits.ts";

export interface ComponentRequest {
  requestId: string;
  wire: WireRequest;
  /** Spin's own headers for the matched route. */
  spinHeaders: [string, string][];
  /** Whether another component asks, by service chaining. */
  isChained: boolean;
  /** How the trigger says that the component is called. */
  executor: Route["executor"];
  component: LoadedComponent;
  instances: Instances;
  turn: GuestTurn;
  outbound: OutboundHttp;
  readVault: RequestPart["readVault"];
  limits: Limits;
  recorder: TraceRecorder;
  /** `once`: the log has this line once in a deployment. */
  log: (stream: LogLine["stream"], text: string, once?: true) => void;
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
  let timers: GlueTimers | undefined;
  const isConcurrent = isAsyncHandler(component.prepared.handler);
  const waits = isConcurrent ? concurrentWaits(() => timers, signal) : suspendingWaits(turn, signal);
  const printed = new GuestLog(request.limits.logBytes, (stream, text) => request.log(stream, text));
  const part: RequestPart = {
    requestId: request.requestId,
    outbound: request.outbound,
    readVault: request.readVault,
    log: (stream, bytes) => printed.write(stream, bytes),
    notice: (text) => request.log("engine", text),
    noticeOnce: (text) => request.log("engine", text, true),
    storeDenied(field, label, backed) {
      const { denied, hint } = storeDenial(field, label, backed);
      request.log("engine", denied);
      request.log("engine", hint);
      request.emit({ type: "store-denied", component: component.locked.id, field, label, backed, hint });
    },
    suspending: waits.track,
    progress: () => timers?.progress(),
    signal,
  };
  const endInstance = recorder.begin("instance");
  // A component may compute without end while it is instantiated, too.
  turn.enter();
  const instance = await request.instances.take(component, part).finally(() => turn.leave());
  endInstance(instance.origin);
  recorder.hostCalls = instance.hostCalls;
  signal.throwIfAborted();

  timers = instance.timers;
  if (isConcurrent) {
    timers.onTurns = turn;
    signal.addEventListener("abort", () => instance.timers.close(), { once: true });
  }
  const endHandler = recorder.begin("handler");
  const finish = (failure?: PlaygroundError): void => {
    turn.leave();
    endHandler();
    printed.end();
    const broken = call.handlerDone(failure);
    // What a concurrent guest has written may be read out of its memory still.
    if (!failure && !broken && !isConcurrent) instance.giveBack();
    onDone(failure ?? broken, broken && (printed.failure ?? broken));
  };
  turn.enter();
  const call = callGuest(instance, component.prepared.handler, incomingRequest(request), waits, {
    argv: request.executor.type === "wagi" ? request.executor.argv : "",
    mostOutput: request.limits.responseBodyBytes,
  });
  unlessAborted(call.returned, signal).then(
    () => finish(),
    (error: unknown) => finish(toFailure(error)),
  );

  const { status, headers, body: written, trailers } = await call.response;
  // One message for the whole response when the guest answers without waiting; else what there is goes out now.
  await call.pause();
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
