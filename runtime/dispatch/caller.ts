import { PlaygroundError } from "../errors.ts";
import { deferred, type Deferred } from "../deferred.ts";
import { initialCredit } from "../protocol.ts";
import type { CallerToWorker, WireRequest, WorkerToCaller } from "../protocol.ts";

export interface CallResult {
  response: Response;
  requestId: string;
  /** As the guest set them. `response.headers` lacks what browsers hide, above all `set-cookie`. */
  headers: [string, string][];
  /** Settles (never rejects) with the end of the body, whatever that is; a `Response` has no place for them. */
  trailers: Promise<[string, string][]>;
}

export interface SendOptions {
  url?: string;
  clientAddress?: string;
  /** Headers that the browser keeps from `Request`, such as `cookie`. */
  headers?: [string, string][];
  /** In place of the request's own. */
  signal?: AbortSignal;
  /** Called when the worker goes away after the head: the body breaks off. */
  onBroken?: (loss: RequestLost) => void;
}

export interface Caller {
  /**
   * Sends a request and settles with the head of its response; the body streams, with backpressure. Aborting the
   * request's signal, or cancelling the response body, ends the instance. Rejects with `RequestLost` when the worker goes
   * away first, else with a `PlaygroundError`.
   */
  send(request: Request, options?: SendOptions): Promise<CallResult>;
  /** Requests without a complete answer. */
  readonly inFlight: number;
  /**
   * The other side is gone: everything under way fails with this reason, and so does every later `send`. `running`: ids of
   * the requests of which one may have been the cause.
   */
  close(reason: string, running?: readonly number[]): void;
}

/** The worker of a request went away before its answer was complete. */
export class RequestLost extends PlaygroundError {
  /** Whether the request may have been the cause. */
  readonly wasRunning: boolean;

  constructor(reason: string, wasRunning: boolean) {
    super("engine-unavailable", reason);
    this.wasRunning = wasRunning;
  }
}

interface Call {
  resolve(result: CallResult): void;
  reject(error: PlaygroundError): void;
  request: Request;
  trailers: Deferred<[string, string][]>;
  onBroken: SendOptions["onBroken"];
  body?: { controller: ReadableStreamDefaultController<Uint8Array>; owed: number };
}

/** Statuses that `new Response` takes only without a body (Fetch standard, "null body status"). */
const nullBodyStatuses: ReadonlySet<number> = new Set([204, 205, 304]);

/** The calling end of a port to an instance worker: the service worker and the studio use it alike. */
export function createCaller(port: MessagePort): Caller {
  const calls = new Map<number, Call>();
  let nextId = 1;
  let closed: string | undefined;

  const post = (message: CallerToWorker, transfer: Transferable[] = []): void => port.postMessage(message, transfer);

  port.addEventListener("message", (event: MessageEvent<WorkerToCaller>) => {
    const call = calls.get(event.data.id);
    // A late message for a cancelled call.
    if (!call) return;
    receive(event.data, call);
  });
  port.start();

  function receive(message: WorkerToCaller, call: Call): void {
    const { id } = message;
    if (message.type === "head") {
      if (message.done) {
        calls.delete(id);
        call.trailers.resolve(message.trailers ?? []);
      }
      try {
        call.resolve(toResult(message, message.done ? undefined : streamBody(id, call, message.bytes), call));
      } catch (cause) {
        // A head that the browser does not take. Whoever waits must hear of it, and the guest that goes on must end.
        if (calls.delete(id)) post({ type: "cancel", id });
        call.reject(
          new PlaygroundError("instance-failed", `The browser refuses the response: ${String(cause)}`, { cause }),
        );
      }
    } else if (message.type === "body") {
      if (!call.body) return;
      call.body.owed += message.bytes.length;
      call.body.controller.enqueue(message.bytes);
    } else {
      calls.delete(id);
      call.trailers.resolve(message.type === "end" ? (message.trailers ?? []) : []);
      if (message.type === "end") call.body?.controller.close();
      else call.body?.controller.error(new PlaygroundError("instance-failed", message.reason));
    }
  }

  function streamBody(id: number, call: Call, first: Uint8Array): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        start(controller) {
          call.body = { controller, owed: first.length };
          if (first.length > 0) controller.enqueue(first);
        },
        pull() {
          if (!call.body || call.body.owed === 0) return;
          post({ type: "credit", id, bytes: call.body.owed });
          call.body.owed = 0;
        },
        cancel() {
          calls.delete(id);
          call.trailers.resolve([]);
          post({ type: "cancel", id });
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: initialCredit / 2 }),
    );
  }

  return {
    get inFlight() {
      return calls.size;
    },
    async send(request, options = {}) {
      const { signal = request.signal } = options;
      const requireOpen = (): void => {
        if (closed !== undefined) throw new RequestLost(closed, false);
        if (signal.aborted) throw cancelled();
      };
      requireOpen();
      const id = nextId++;
      const { body, transfer } = await requestBody(request);
      // Reading a body may take as long as its sender likes.
      requireOpen();
      const wire: WireRequest = {
        method: request.method,
        url: options.url ?? request.url,
        headers: [...request.headers, ...(options.headers ?? [])],
        body,
        clientAddress: options.clientAddress ?? "127.0.0.1:0",
        ...(request.destination === "" ? {} : { destination: request.destination }),
      };
      return new Promise<CallResult>((resolve, reject) => {
        calls.set(id, { resolve, reject, request, trailers: deferred(), onBroken: options.onBroken });
        signal.addEventListener("abort", () => {
          const call = calls.get(id);
          if (!call) return;
          calls.delete(id);
          call.trailers.resolve([]);
          post({ type: "cancel", id });
          if (call.body) call.body.controller.error(cancelled());
          else reject(cancelled());
        });
        post({ type: "request", id, request: wire }, transfer);
      });
    },
    close(reason, running = []) {
      closed = reason;
      for (const [id, call] of calls) {
        const loss = new RequestLost(reason, running.includes(id));
        call.trailers.resolve([]);
        if (!call.body) {
          call.reject(loss);
          continue;
        }
        call.body.controller.error(loss);
        call.onBroken?.(loss);
      }
      calls.clear();
      port.close();
    },
  };
}

function cancelled(): PlaygroundError {
  return new PlaygroundError("instance-failed", "The request was cancelled.");
}

function toResult(
  head: Extract<WorkerToCaller, { type: "head" }>,
  stream: ReadableStream<Uint8Array> | undefined,
  { request, trailers }: Call,
): CallResult {
  const withoutBody = nullBodyStatuses.has(head.status) || request.method === "HEAD";
  if (withoutBody && stream) void stream.cancel();
  const headers = new Headers();
  for (const [name, value] of head.headers) headers.append(name, value);
  const response = new Response(withoutBody ? null : (stream ?? head.bytes), { status: head.status, headers });
  return { response, requestId: head.requestId, headers: head.headers, trailers: trailers.promise };
}

/** The body as a transferable stream where the browser can transfer streams, else as bytes. */
async function requestBody(request: Request): Promise<{ body: WireRequest["body"]; transfer: Transferable[] }> {
  if (request.method === "GET" || request.method === "HEAD") return { body: null, transfer: [] };
  if (request.body && canTransferStreams()) return { body: request.body, transfer: [request.body] };
  const bytes = new Uint8Array(await request.arrayBuffer());
  return { body: bytes.length > 0 ? bytes : null, transfer: [bytes.buffer] };
}

let transferable: boolean | undefined;

function canTransferStreams(): boolean {
  if (transferable === undefined) {
    const stream = new ReadableStream();
    try {
      structuredClone(stream, { transfer: [stream] });
      transferable = true;
    } catch {
      // Browsers without transferable streams throw DataCloneError: bodies are then sent whole.
      transferable = false;
    }
  }
  return transferable;
}
