import type { EngineResponse, Handler } from "../dispatch/responder.ts";
import type { ByteSource } from "../host/byte-stream.ts";
import type { OutboundHttp } from "../host/context.ts";
import { createOutbound } from "../host/outbound.ts";
import type { EngineEvent, LogLine } from "../protocol.ts";
import type { LoadedApplication, LoadedComponent } from "./application.ts";
import { mayHaveBody } from "./response-head.ts";
import type { TraceRecorder } from "./trace-recorder.ts";

export interface OutboundParts {
  application: LoadedApplication;
  component: LoadedComponent;
  recorder: TraceRecorder;
  emit: (event: EngineEvent) => void;
  log: (stream: LogLine["stream"], text: string) => void;
  /** Answers a request to the application itself. */
  self: Handler;
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
    async self(request, headers) {
      const { method, url } = request;
      const wire = { method, url, headers, body: request.body, clientAddress: "127.0.0.1:0" };
      return toResponse(method, await self(wire, signal));
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

function toResponse(method: string, { status, headers, first, body }: EngineResponse): Response {
  if (!mayHaveBody(method, status)) return new Response(null, { status, headers });
  return new Response(body ? toStream(first, body) : first, { status, headers });
}

function toStream(first: Uint8Array, body: ByteSource): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (first.length > 0) controller.enqueue(first);
    },
    async pull(controller) {
      // `ready` says that there may be something; a pull that gives nothing is not repeated.
      for (;;) {
        await body.ready();
        const bytes = body.take(65_536);
        const { state } = body;
        if (bytes.length > 0) return controller.enqueue(bytes.slice());
        if (state === "ended") return controller.close();
        if (state === "failed") return controller.error(body.failure);
      }
    },
    cancel: () => body.cancel(),
  });
}
