import type { ByteSource } from "../host/byte-stream.ts";
import { initialCredit } from "../protocol.ts";
import type { CallerToWorker, WireRequest, WorkerToCaller } from "../protocol.ts";
import { plainText } from "./plain-headers.ts";

/** An answer as the engine gives it. `body` is what comes after `first`; without it, `first` is the whole body. */
export interface EngineResponse {
  requestId: string;
  status: number;
  headers: [string, string][];
  first: Uint8Array<ArrayBuffer>;
  body: ByteSource | undefined;
  /** Settles (never rejects) when the body has ended, failed or is no longer wanted. Missing where there can be none. */
  trailers?: Promise<[string, string][]>;
}

/**
 * Answers one request. Never rejects: whatever goes wrong becomes a response. `signal` aborts when nobody waits for it;
 * `id` is the caller's own name of the request.
 */
export type Handler = (request: WireRequest, signal: AbortSignal, id: number) => Promise<EngineResponse>;

interface Reply {
  abort: AbortController;
  credit: number;
  granted: (() => void) | undefined;
}

/** Largest `body` message. Larger chunks only delay the first byte. */
const chunkBytes = 64 * 1024;

/** The answering end of a port: runs the handler for each request and streams its body within the caller's credit. */
export function serve(port: MessagePort, handler: Handler): void {
  const replies = new Map<number, Reply>();
  const post = (message: WorkerToCaller, transfer: Transferable[] = []): void => port.postMessage(message, transfer);

  port.addEventListener("message", (event: MessageEvent<CallerToWorker>) => {
    const message = event.data;
    if (message.type === "request") void answer(message.id, message.request);
    else {
      const reply = replies.get(message.id);
      if (!reply) return;
      if (message.type === "cancel") reply.abort.abort();
      else {
        reply.credit += message.bytes;
        reply.granted?.();
      }
    }
  });
  port.start();

  async function answer(id: number, request: WireRequest): Promise<void> {
    const reply: Reply = { abort: new AbortController(), credit: initialCredit, granted: undefined };
    replies.set(id, reply);
    let headSent = false;
    try {
      const { requestId, status, headers, first, body, trailers } = await handler(request, reply.abort.signal, id);
      const told = body ? {} : someTrailers(await trailers);
      post({ type: "head", id, requestId, status, headers, bytes: first, done: !body, ...told }, [first.buffer]);
      headSent = true;
      if (body) {
        reply.credit -= first.length;
        await pump(id, reply, body, trailers);
      }
    } catch (error) {
      // A fault of the engine, since handlers and bodies tell failures as values. The caller must not wait for ever.
      console.error("A request could not be answered:", error);
      if (headSent) post({ type: "abort", id, reason: `A fault of the engine: ${String(error)}` });
      else post(faultHead(id, error));
    } finally {
      replies.delete(id);
    }
  }

  async function pump(id: number, reply: Reply, body: ByteSource, trailers: EngineResponse["trailers"]): Promise<void> {
    const { signal } = reply.abort;
    signal.addEventListener("abort", () => {
      body.cancel();
      reply.granted?.();
    });
    while (!signal.aborted) {
      if (reply.credit <= 0) {
        await new Promise<void>((resolve) => (reply.granted = resolve));
        continue;
      }
      const bytes = body.take(Math.min(reply.credit, chunkBytes));
      if (bytes.length > 0) {
        // A copy: what the source gives may be a view of something it goes on using.
        const chunk = bytes.slice();
        reply.credit -= chunk.length;
        post({ type: "body", id, bytes: chunk }, [chunk.buffer]);
      } else if (body.state === "open") await body.ready();
      else if (body.state === "ended") return post({ type: "end", id, ...someTrailers(await trailers) });
      else return post({ type: "abort", id, reason: body.failure?.message ?? "The body broke off." });
    }
  }
}

function someTrailers(trailers: [string, string][] | undefined): { trailers?: [string, string][] } {
  return trailers === undefined || trailers.length === 0 ? {} : { trailers };
}

function faultHead(id: number, error: unknown): WorkerToCaller {
  const bytes = new TextEncoder().encode(`A fault of the engine: ${String(error)}\n`);
  return { type: "head", id, requestId: crypto.randomUUID(), status: 500, headers: [plainText], bytes, done: true };
}
