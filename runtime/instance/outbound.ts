import type { EngineResponse } from "../dispatch/responder.ts";
import type { OutboundHttp } from "../host/context.ts";
import { createOutbound } from "../host/outbound.ts";
import type { InsideResponse } from "../host/outbound-inside.ts";
import { prefixedSource } from "../host/prefixed-source.ts";
import type { EngineEvent, LogLine, WireRequest } from "../protocol.ts";
import type { LoadedApplication, LoadedComponent } from "./application.ts";
import type { TraceRecorder } from "./trace-recorder.ts";

export interface OutboundParts {
  application: LoadedApplication;
  component: LoadedComponent;
  recorder: TraceRecorder;
  emit: (event: EngineEvent) => void;
  log: (stream: LogLine["stream"], text: string) => void;
  /** Answers a request to the application itself. */
  self: (
    request: WireRequest,
    signal: AbortSignal,
    trailers: Promise<[string, string][]> | undefined,
  ) => Promise<EngineResponse>;
  signal: AbortSignal;
}

/** Outbound HTTP of one request's instance, with the application itself behind relative URLs and `http://self`. */
export function outboundFor(parts: OutboundParts): OutboundHttp {
  const { application, component, emit, log, self, signal } = parts;
  const outbound = createOutbound({
    component: component.locked,
    hosts: component.hosts,
    mocks: application.mocks,
    fetch: globalThis.fetch.bind(globalThis),
    denied: (destination, hint) => emit({ type: "denied", component: component.locked.id, destination, hint }),
    log: (text) => log("engine", text),
    async self({ method, url, headers, body, trailers, signal }) {
      const wire = { method, url, headers, body, clientAddress: "127.0.0.1:0" };
      return toInsideResponse(await self(wire, signal, trailers));
    },
    signal,
  });
  return {
    async send(request) {
      const end = parts.recorder.begin("outbound", `${request.method} ${request.url}`);
      const result = await outbound.send(request);
      end(result.ok ? String(result.status) : result.error.tag);
      return result;
    },
  };
}

function toInsideResponse({ status, headers, first, body, trailers }: EngineResponse): InsideResponse {
  const response = { status, headers, body: prefixedSource(first, body) };
  return trailers === undefined ? response : { ...response, trailers };
}
