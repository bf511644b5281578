import type { EngineResponse } from "../dispatch/responder.ts";
import type { OutboundHttp } from "../host/context.ts";
import { createOutbound } from "../host/outbound.ts";
import { ChainError, type InsideRequest, type InsideResponse } from "../host/outbound-inside.ts";
import { prefixedSource } from "../host/prefixed-source.ts";
import type { AllowedHosts } from "../manifest/allowed-hosts.ts";
import type { ReadVault } from "../manifest/variables-provider.ts";
import type { EngineEvent, LogLine, WireRequest } from "../protocol.ts";
import type { Match } from "../routing/routes.ts";
import type { LoadedApplication, LoadedComponent } from "./application.ts";
import type { OutboundSpan, TraceRecorder } from "./trace-recorder.ts";

/** A request of the application to itself, as the runner takes it. */
export interface InnerRequest {
  wire: WireRequest;
  /** Of service chaining: the component that answers, whatever its route. */
  match?: Match;
  trailers: Promise<[string, string][]> | undefined;
  /** Aborts when nobody waits for the answer. */
  signal: AbortSignal;
  /** Of the request in the trace of the one that asks. */
  span: OutboundSpan;
}

export interface OutboundParts {
  application: LoadedApplication;
  component: LoadedComponent;
  recorder: TraceRecorder;
  emit: (event: EngineEvent) => void;
  log: (stream: LogLine["stream"], text: string) => void;
  /** Answers from the application itself; rejects with `limit-exceeded` for a request that lies too deep in others. */
  answer: (request: InnerRequest) => Promise<EngineResponse>;
  /** For `allowed_outbound_hosts` with variables whose values are in a Vault. */
  readVault: ReadVault;
  signal: AbortSignal;
}

/** What a request through the application's own routes comes from, as through a listener on this machine. */
const selfAddress = "127.0.0.1:0";
/** A chained request comes through no listener (spin: `crates/trigger-http/src/outbound_http.rs`). */
const chainedAddress = "0.0.0.0:0";

/**
 * Outbound HTTP of one request's instance, with the application itself behind relative URLs and `http://self`, and each of
 * its components behind `http://<id>.spin.internal`.
 */
export function outboundFor(parts: OutboundParts): OutboundHttp {
  const { application, component, recorder, emit, log, readVault, signal } = parts;
  const answer = async (
    { method, url, headers, body, trailers, signal }: InsideRequest,
    clientAddress: string,
    span: OutboundSpan,
    match?: Match,
  ): Promise<InsideResponse> => {
    const wire = { method, url, headers, body, clientAddress };
    return toInsideResponse(
      await parts.answer({ wire, trailers, signal, span, ...(match === undefined ? {} : { match }) }),
    );
  };
  // Read once in a request, and not before it sends something: natively its variables are read then.
  let asked: Promise<AllowedHosts> | undefined;
  const hostsOf = ({ hosts }: LoadedComponent): AllowedHosts | Promise<AllowedHosts> =>
    "ask" in hosts ? (asked ??= hosts.ask(readVault)) : hosts;
  return {
    async send(request) {
      const span = recorder.beginOutbound(`${request.method} ${request.url}`);
      const outbound = createOutbound({
        component: component.locked,
        hosts: await hostsOf(component),
        mocks: application.mocks,
        fetch: globalThis.fetch.bind(globalThis),
        denied: (destination, hint) => emit({ type: "denied", component: component.locked.id, destination, hint }),
        log: (text) => log("engine", text),
        self: (inside) => answer(inside, selfAddress, span),
        async chain(id, inside) {
          const match = application.routes.chained(id, new URL(inside.url).pathname);
          if (match === undefined) throw new ChainError(id);
          return answer(inside, chainedAddress, span, match);
        },
        signal,
      });
      const result = await outbound.send(request);
      span.end(result.ok ? String(result.status) : result.error.tag);
      return result;
    },
  };
}

function toInsideResponse({ status, headers, first, body, trailers }: EngineResponse): InsideResponse {
  const response = { status, headers, body: prefixedSource(first, body) };
  return trailers === undefined ? response : { ...response, trailers };
}
