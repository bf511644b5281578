import { getEventListeners, setMaxListeners } from "node:events";
import type { EngineResponse } from "../../dispatch/responder.ts";
import type { PlaygroundError } from "../../errors.ts";
import type { LoadedApplication } from "../application.ts";
import { defaultLimits, type EngineEvent, type Limits, type Trace, type WireRequest } from "../../protocol.ts";
import { testBackEnds } from "../../stores/back-ends-for-tests.ts";
import { Admission } from "../admission.ts";
import { GuestTurns } from "../guest-turns.ts";
import { Instances } from "../instances.ts";
import { createRunner } from "../runner.ts";
import { fakeApplication, type FakeGuest } from "./fake-application.ts";

/** A guest in the real runner, and what came of it. */
export interface GuestRun {
  send: (request?: Partial<WireRequest>) => Promise<EngineResponse>;
  /** The caller goes away. */
  cancel: () => void;
  /** The application is stopped. */
  stop: (reason: PlaygroundError) => void;
  /** Log lines so far, as `stream: text`. */
  lines: () => string[];
  traces: () => Trace[];
  /** For each report of the worker, the ids of the requests whose guests may run; requests are counted from 1. */
  running: () => number[][];
  /** How many listen for the caller to go away, and for the application to be stopped. */
  listening: () => number[];
}

/** Instances with stores in memory, made when a request comes. */
export function testInstances(limits: Limits): Instances {
  return new Instances({
    backEnds: testBackEnds(),
    limits: () => limits,
    whenIdle: () => undefined,
  });
}

export function runGuest(
  guest: FakeGuest,
  options: { limits?: Partial<Limits>; routes?: LoadedApplication["routes"]; allowedHosts?: string[] } = {},
): GuestRun {
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const events: EngineEvent[] = [];
  const running: number[][] = [];
  let requests = 0;
  const fake = fakeApplication(guest, options.allowedHosts);
  const application: LoadedApplication = { ...fake, routes: options.routes ?? fake.routes };
  const [caller, stopped] = [new AbortController(), new AbortController()];
  // Every request under way listens to both, and tests have many at a time; Node warns of more than ten.
  setMaxListeners(0, caller.signal, stopped.signal);
  const handle = createRunner({
    application: () => Promise.resolve(application),
    stopped: () => stopped.signal,
    limits: () => limits,
    admission: new Admission({ live: limits.liveInstances, waiting: limits.queuedRequests }),
    instances: testInstances(limits),
    turns: new GuestTurns((keys) => running.push(keys.map(({ id }) => id))),
    emit: (event) => events.push(structuredClone(event)),
  });
  const plain = { method: "GET", url: "http://app.test/", headers: [], body: null, clientAddress: "127.0.0.1:0" };
  return {
    send: (request = {}) => handle({ ...plain, ...request }, caller.signal, { connection: 1, id: ++requests }),
    cancel: () => caller.abort(),
    stop: (reason) => stopped.abort(reason),
    lines: () => events.flatMap((event) => (event.type === "log" ? `${event.line.stream}: ${event.line.text}` : [])),
    traces: () => events.flatMap((event) => (event.type === "trace" ? event.trace : [])),
    running: () => running,
    listening: () => [caller, stopped].map(({ signal }) => getEventListeners(signal, "abort").length),
  };
}
