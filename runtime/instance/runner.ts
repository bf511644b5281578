import type { EngineResponse, Handler } from "../dispatch/responder.ts";
import { PlaygroundError } from "../errors.ts";
import { withEnd } from "../host/with-end.ts";
import { enginePath } from "../protocol.ts";
import type { EngineEvent, Limits, LogLine, WireRequest } from "../protocol.ts";
import { spinHeaders } from "../routing/headers.ts";
import type { Match } from "../routing/routes.ts";
import { wellKnown } from "../routing/well-known.ts";
import type { KeyValueStores } from "../stores/key-value.ts";
import type { Admission } from "./admission.ts";
import type { LoadedApplication, LoadedComponent } from "./application.ts";
import { requireSendable, runComponent } from "./component-request.ts";
import { failureStatus, toFailure } from "./failure.ts";
import { outboundFor } from "./outbound.ts";
import { TraceRecorder } from "./trace-recorder.ts";

export interface RunnerServices {
  /** The application that runs, or why none does. */
  application: () => LoadedApplication | PlaygroundError;
  limits: () => Limits;
  admission: Admission;
  keyValue: KeyValueStores;
  emit: (event: EngineEvent) => void;
}

const utf8 = new TextEncoder();
const nothing = (): Uint8Array<ArrayBuffer> => new Uint8Array();

/** Answers requests the way Spin's HTTP trigger does (spin: `crates/trigger-http`): route, fresh instance, 404 and 500 empty. */
export function createRunner(services: RunnerServices): Handler {
  return handle;

  async function handle(wire: WireRequest, callerSignal: AbortSignal): Promise<EngineResponse> {
    const requestId = crypto.randomUUID();
    const { method, url, destination } = wire;
    const recorder = new TraceRecorder({
      requestId,
      method,
      url,
      ...(destination === undefined ? {} : { destination }),
    });
    const answer = (status: number, body = "", headers: [string, string][] = []): EngineResponse => {
      recorder.trace.status = status;
      services.emit({ type: "trace", trace: recorder.trace });
      return { requestId, status, headers, first: body ? utf8.encode(body) : nothing(), body: undefined };
    };
    const fail = (failure: PlaygroundError): EngineResponse => {
      recorder.trace.failure = { code: failure.code, message: failure.message };
      const status = failureStatus(failure);
      // Spin's 500 has no body. The others do not exist there, so they say what they are.
      return status === 500
        ? answer(500)
        : answer(status, `${failure.message}\n`, [["content-type", "text/plain; charset=utf-8"]]);
    };

    const application = services.application();
    const { pathname } = new URL(wire.url);
    // Not an application's answer: the base that measurements of the engine compare with.
    if (pathname === `${enginePath}echo`) return answer(200, "echo");
    if (application instanceof PlaygroundError) return fail(application);
    const fixed = wellKnown(pathname, application);
    if (fixed) return answer(fixed.status, fixed.body, fixed.headers);
    const match = application.routes.match(pathname);
    if (!match) return answer(404);
    recorder.trace.route = match.route.raw;
    if (match.route.staticResponse) {
      const { status_code, headers = {}, body = "" } = match.route.staticResponse;
      try {
        requireSendable(status_code);
      } catch (error) {
        return fail(toFailure(error));
      }
      return answer(status_code, body, Object.entries(headers));
    }
    const component = application.components.get(match.route.componentId);
    if (!component) {
      return fail(new PlaygroundError("component-missing", `Component "${match.route.componentId}" has no Wasm.`));
    }
    recorder.trace.component = component.locked.id;
    return inInstance({ wire, requestId, recorder, application, component, match, callerSignal, fail });
  }

  async function inInstance(request: {
    wire: WireRequest;
    requestId: string;
    recorder: TraceRecorder;
    application: LoadedApplication;
    component: LoadedComponent;
    match: Match;
    callerSignal: AbortSignal;
    fail(failure: PlaygroundError): EngineResponse;
  }): Promise<EngineResponse> {
    const { wire, requestId, recorder, component } = request;
    const limits = services.limits();
    const log = (stream: LogLine["stream"], text: string): void =>
      services.emit({
        type: "log",
        line: { time: Date.now(), component: component.locked.id, stream, requestId, text },
      });

    const abort = new AbortController();
    const cancelled = (): void =>
      abort.abort(new PlaygroundError("instance-failed", "The caller went away before the answer."));
    request.callerSignal.addEventListener("abort", cancelled, { once: true });
    const deadline = setTimeout(() => abort.abort(deadlineExceeded(limits)), limits.requestDeadlineMs);
    /** The guest has returned, and its body was read: timers, streams and outbound requests that are left end now. */
    const over = whenBoth(() => {
      request.callerSignal.removeEventListener("abort", cancelled);
      abort.abort(new PlaygroundError("instance-failed", "The request is over."));
    });

    let leave: (() => void) | undefined;
    let headSent = false;
    const done = (failure?: Error): void => {
      leave?.();
      clearTimeout(deadline);
      over.first();
      if (failure && headSent && !request.callerSignal.aborted)
        log("engine", `Component error after response started: ${failure.message}`);
      if (headSent) services.emit({ type: "trace", trace: recorder.trace });
    };
    try {
      const endQueue = recorder.begin("queue");
      leave = await services.admission.enter(abort.signal);
      endQueue();
      const outbound = outboundFor({ ...request, emit: services.emit, log, self: handle, signal: abort.signal });
      const { status, headers, first, body } = await runComponent(
        {
          requestId,
          wire,
          spinHeaders: spinHeaders(request.match, wire),
          component,
          keyValue: services.keyValue,
          outbound,
          limits,
          recorder,
          log,
          signal: abort.signal,
        },
        done,
      );
      clearTimeout(deadline);
      headSent = true;
      recorder.trace.status = status;
      services.emit({ type: "trace", trace: recorder.trace });
      if (body) return { requestId, status, headers, first, body: withEnd(body, over.second) };
      over.second();
      return { requestId, status, headers, first, body };
    } catch (error) {
      const failure = toFailure(error);
      leave?.();
      clearTimeout(deadline);
      abort.abort(failure);
      log("engine", `Error processing request: ${failure.message}`);
      return request.fail(failure);
    }
  }
}

/** Calls once both have happened, in whatever order. */
function whenBoth(call: () => void): { first: () => void; second: () => void } {
  const seen = { first: false, second: false };
  const happened = (which: keyof typeof seen) => (): void => {
    if (seen[which]) return;
    seen[which] = true;
    if (seen.first && seen.second) call();
  };
  return { first: happened("first"), second: happened("second") };
}

function deadlineExceeded({ requestDeadlineMs }: Limits): PlaygroundError {
  return new PlaygroundError(
    "deadline-exceeded",
    `The handler did not answer within ${requestDeadlineMs / 1000} s. The request was ended; the application goes on.`,
  );
}
