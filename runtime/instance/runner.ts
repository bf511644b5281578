import { plainText, retryAfter } from "../dispatch/plain-headers.ts";
import type { EngineResponse } from "../dispatch/responder.ts";
import { PlaygroundError } from "../errors.ts";
import { fieldValueToByteString } from "../host/wasi-http-fields.ts";
import { withEnd } from "../host/with-end.ts";
import { enginePath } from "../protocol.ts";
import type { EngineEvent, Limits, LogLine, RequestKey, WireRequest } from "../protocol.ts";
import { spinHeaders } from "../routing/headers.ts";
import type { Match } from "../routing/routes.ts";
import { wellKnown } from "../routing/well-known.ts";
import type { Admission } from "./admission.ts";
import type { LoadedApplication, LoadedComponent } from "./application.ts";
import { runComponent } from "./component-request.ts";
import { failureStatus, toFailure } from "./failure.ts";
import type { GuestTurns } from "./guest-turns.ts";
import type { Instances } from "./instances.ts";
import { type InnerRequest, outboundFor } from "./outbound.ts";
import { RequestLife, unlessAborted } from "./request-life.ts";
import { mayHaveBody, requireSendable } from "./response-head.ts";
import { TraceRecorder } from "./trace-recorder.ts";
import { vaultReader } from "./vault.ts";

export interface RunnerServices {
  /** The application that runs, or why none does. Waits for one that is being loaded. */
  application: () => Promise<LoadedApplication | PlaygroundError>;
  /** Aborts, with a `PlaygroundError` as its reason, when requests under way shall end. */
  stopped: () => AbortSignal;
  limits: () => Limits;
  admission: Admission;
  instances: Instances;
  turns: GuestTurns;
  emit: (event: EngineEvent) => void;
}

/** Answers a request that its caller knows by this key. See `Handler`. */
export type Runner = (wire: WireRequest, caller: AbortSignal, key: RequestKey) => Promise<EngineResponse>;

/** Where a request of the application to itself comes from. */
interface Outer {
  request: InnerRequest;
  /** How many requests it lies within. */
  depth: number;
  application: LoadedApplication;
}

/** One request on its way. */
interface Running {
  wire: WireRequest;
  key: RequestKey;
  requestId: string;
  recorder: TraceRecorder;
  life: RequestLife;
  outer: Outer | undefined;
}

interface Target {
  application: LoadedApplication;
  component: LoadedComponent;
  match: Match;
}

const utf8 = new TextEncoder();

/** Answers requests the way Spin's HTTP trigger does (spin: `crates/trigger-http`): route, fresh instance, 404 and 500 empty. */
export function createRunner(services: RunnerServices): Runner {
  const warned = new WeakSet<LoadedApplication>();
  return (wire, caller, key) => handle(wire, caller, key);

  async function handle(
    wire: WireRequest,
    callerSignal: AbortSignal,
    key: RequestKey,
    outer?: Outer,
  ): Promise<EngineResponse> {
    const requestId = crypto.randomUUID();
    const { method, url, destination } = wire;
    const traced = { requestId, method, url, ...(destination === undefined ? {} : { destination }) };
    const recorder =
      outer?.request.span.within(traced) ??
      new TraceRecorder(traced, (trace) => services.emit({ type: "trace", trace }));
    const life = new RequestLife(services.limits().requestDeadlineMs, callerSignal, services.stopped());
    const running = { wire, key, requestId, recorder, life, outer };
    try {
      return await route(running);
    } catch (error) {
      return fail(running, toFailure(error));
    }
  }

  async function route(running: Running): Promise<EngineResponse> {
    const { wire, recorder, life, outer } = running;
    const { pathname } = new URL(wire.url);
    if (outer?.request.match) return toComponent(running, outer.application, outer.request.match);
    // Not an application's answer: the base that measurements of the engine compare with.
    if (pathname === `${enginePath}echo`) return answer(running, 200, "echo");
    // A request within another goes on with the application that the other began with.
    const application = outer?.application ?? (await unlessAborted(services.application(), life.signal));
    if (application instanceof PlaygroundError) throw application;
    const fixed = wellKnown(pathname, application);
    if (fixed) return answer(running, fixed.status, fixed.body, fixed.headers);
    const match = application.routes.match(pathname);
    if (!match) {
      warnOfNoRoute(running, application, pathname);
      return answer(running, 404);
    }
    recorder.trace.route = match.route.raw;
    if (match.route.staticResponse) {
      const { status_code, headers = {}, body = "" } = match.route.staticResponse;
      requireSendable(status_code);
      return answer(running, status_code, body, Object.entries(headers).map(inBytes));
    }
    return toComponent(running, application, match);
  }

  function toComponent(running: Running, application: LoadedApplication, match: Match): Promise<EngineResponse> {
    const component = application.components.get(match.route.componentId);
    if (!component) {
      throw new PlaygroundError("component-missing", `Component "${match.route.componentId}" has no Wasm.`);
    }
    running.recorder.trace.route = match.route.raw;
    running.recorder.trace.component = component.locked.id;
    return inInstance(running, { application, component, match });
  }

  /** Once for each application, as Spin does: a page asks for many things that are not there. */
  function warnOfNoRoute({ requestId }: Running, application: LoadedApplication, path: string): void {
    if (warned.has(application)) return;
    warned.add(application);
    const text =
      `Request to ${path} matched no pattern, and received a generic 404 response. ` +
      "To serve a more informative 404 page, add a catch-all (/...) route.";
    services.emit({ type: "log", line: { time: Date.now(), component: "", stream: "engine", requestId, text } });
  }

  /** Answers a request that a component sent to its own application. */
  function inside(running: Running, application: LoadedApplication, request: InnerRequest): Promise<EngineResponse> {
    const depth = (running.outer?.depth ?? 0) + 1;
    const { nestedRequests } = services.limits();
    if (depth > nestedRequests) {
      throw new PlaygroundError(
        "limit-exceeded",
        `${request.wire.method} ${request.wire.url} was not sent: requests of the application to itself lie within one ` +
          `another ${nestedRequests} deep already, the playground's limit (nestedRequests).`,
      );
    }
    return handle(request.wire, request.signal, running.key, { request, depth, application });
  }

  /** An answer that no guest gave. */
  function answer(
    { wire, requestId, recorder, life }: Running,
    status: number,
    body = "",
    headers: [string, string][] = [],
  ): EngineResponse {
    life.end();
    recorder.trace.status = status;
    recorder.send();
    const first = mayHaveBody(wire.method, status) ? utf8.encode(body) : new Uint8Array();
    return { requestId, status, headers, first, body: undefined };
  }

  function fail(running: Running, failure: PlaygroundError): EngineResponse {
    running.life.end(failure);
    running.recorder.trace.failure = { code: failure.code, message: failure.message };
    const status = failureStatus(failure);
    // Spin's 500 has no body. The others do not exist there, so they say what they are.
    if (status === 500) return answer(running, 500);
    const headers = status === 503 ? [plainText, retryAfter] : [plainText];
    return answer(running, status, `${failure.message}\n`, headers);
  }

  async function inInstance(running: Running, target: Target): Promise<EngineResponse> {
    const { wire, key, requestId, recorder, life, outer } = running;
    const { application, component, match } = target;
    const { signal } = life;
    const limits = services.limits();
    const log = (stream: LogLine["stream"], text: string, once?: true): void =>
      services.emit({
        type: "log",
        line: { time: Date.now(), component: component.locked.id, stream, requestId, text },
        ...(once && { once }),
      });

    let leave: (() => void) | undefined;
    let headSent = false;
    /** A failure before the head may yet take the place of the response; then it is told as that. */
    let late: (() => void) | undefined;
    /** Whatever ends a request settles its response's trailers too, and the trace has them. */
    let trailersTold = Promise.resolve();
    const sendTrace = (): void => {
      if (headSent && life.isAnswered) void trailersTold.then(() => recorder.send());
    };
    const done = (failure: PlaygroundError | undefined, broken: PlaygroundError | undefined): void => {
      leave?.();
      life.guestReturned();
      // A caller that wants no more is no error of the component.
      if (failure && !life.isCancelled) {
        late = () => {
          log("engine", `Component error after response started: ${failure.message}`);
          if (broken) recorder.trace.failure = { code: broken.code, message: broken.message };
        };
        if (headSent) late();
      }
      sendTrace();
    };
    let endResponse: (() => void) | undefined;
    const delivered = (): void => {
      endResponse?.();
      life.delivered();
      sendTrace();
    };
    try {
      const endQueue = recorder.begin("queue");
      leave = await services.admission.enter(signal, {
        depth: outer?.depth ?? 0,
        deepest: application.mayAskItself ? limits.nestedRequests : 0,
      });
      endQueue();
      const readVault = vaultReader({ recorder, log, signal });
      const outbound = outboundFor({
        application,
        component,
        recorder,
        emit: services.emit,
        log,
        answer: async (request) => inside(running, application, request),
        readVault,
        signal,
      });
      const { instances, turns } = services;
      const answered = await runComponent(
        {
          requestId,
          wire,
          spinHeaders: spinHeaders(match, wire),
          isChained: match.isChained ?? false,
          executor: match.route.executor,
          component,
          instances,
          turn: turns.of(key),
          outbound,
          readVault,
          limits,
          recorder,
          log,
          emit: services.emit,
          signal,
          ...(outer?.request.trailers === undefined ? {} : { trailers: outer.request.trailers }),
        },
        done,
      );
      const { status, headers, first, body, trailers } = answered;
      trailersTold = trailers.then((entries) => recorder.trailers(entries));
      headSent = true;
      endResponse = recorder.begin("response");
      recorder.trace.status = status;
      late?.();
      life.headSent();
      if (!mayHaveBody(wire.method, status)) {
        // The guest may go on, as natively, but what it writes goes nowhere.
        body?.cancel();
        delivered();
        return { requestId, status, headers, first: new Uint8Array(), body: undefined };
      }
      if (!body) delivered();
      sendTrace();
      return { requestId, status, headers, first, body: body && withEnd(body, delivered), trailers };
    } catch (error) {
      const failure = toFailure(error);
      leave?.();
      log("engine", `Error processing request: ${failure.message}`);
      return fail(running, failure);
    }
  }
}

/** A header of the manifest, whose values are text, as the byte string that `Headers` takes. */
function inBytes([name, value]: [string, string]): [string, string] {
  return [name, fieldValueToByteString(utf8.encode(value))];
}
