import { describeLoss, type LostRequest, whyNotAgain } from "../dispatch/lost-request.ts";
import { plainText, retryAfter } from "../dispatch/plain-headers.ts";
import type { CallerToWorker, EngineEvent, RequestKey, Trace, WireRequest, WorkerToCaller } from "../protocol.ts";
import type { InstanceWorker } from "./instance-worker.ts";

interface Lane {
  worker: InstanceWorker;
  /** Order of its last request. */
  lastUsed: number;
  port: MessagePort;
  connection: number;
  /** Requests under way, by id. */
  open: Map<number, OpenRequest>;
}

interface OpenRequest {
  /** The body may be with the worker already. */
  request: WireRequest;
  isSecondTry: boolean;
  /** Milliseconds since the epoch. */
  start: number;
  /** Of the head, once it was sent. */
  head: { requestId: string; status: number } | undefined;
}

/**
 * Gives a caller one port that outlives workers: each request goes to the worker with the fewest under way, in turn where
 * there are several, and messages pass through unchanged. When a worker is ended, its requests are sent to another where
 * that is safe (see `whyNotAgain`); the others are answered 502 with the reason, or their bodies break off, and the traces
 * that the worker owed are emitted here.
 */
export class Forwarder {
  readonly #port: MessagePort;
  readonly #workers: () => readonly InstanceWorker[];
  readonly #emit: (event: EngineEvent) => void;
  readonly #lanes = new Map<number, Lane>();
  #requests = 0;

  constructor(port: MessagePort, workers: () => readonly InstanceWorker[], emit: (event: EngineEvent) => void) {
    this.#port = port;
    this.#workers = workers;
    this.#emit = emit;
    port.addEventListener("message", (event: MessageEvent<CallerToWorker>) => this.#fromCaller(event.data));
    port.start();
  }

  /** The worker is gone. `running`: the requests of which one may have been the cause. */
  drop(workerId: number, reason: string, running: readonly RequestKey[]): void {
    const lane = this.#lanes.get(workerId);
    if (!lane) return;
    this.#lanes.delete(workerId);
    lane.port.close();
    for (const [id, open] of lane.open) {
      const { request, isSecondTry } = open;
      const wasRunning = running.some((key) => key.connection === lane.connection && key.id === id);
      const { method, body } = request;
      const hasHead = open.head !== undefined;
      const lost: LostRequest = { method, hasBody: body !== null, hasHead, wasRunning, isSecondTry };
      if (open.head) {
        this.#reply({ type: "abort", id, reason: describeLoss(reason, lost) });
        this.#trace(open, open.head, describeLoss(reason, lost));
      } else if (whyNotAgain(lost) !== undefined || !this.#send(id, { ...open, isSecondTry: true })) {
        this.#refuse(id, open, 502, describeLoss(reason, lost));
      }
    }
  }

  #fromCaller(message: CallerToWorker): void {
    if (message.type === "request") {
      const open: OpenRequest = { request: message.request, isSecondTry: false, start: Date.now(), head: undefined };
      if (!this.#send(message.id, open))
        this.#refuse(message.id, open, 503, "The engine has no worker for this request yet.");
      return;
    }
    const lane = [...this.#lanes.values()].find(({ open }) => open.has(message.id));
    lane?.port.postMessage(message);
    // Nothing of it comes back any more.
    if (message.type === "cancel") lane?.open.delete(message.id);
  }

  /** False when there is no worker. */
  #send(id: number, open: OpenRequest): boolean {
    const lane = this.#leastBusy();
    if (!lane) return false;
    lane.open.set(id, open);
    lane.lastUsed = this.#requests++;
    const { request } = open;
    const { body } = request;
    const transfer = body instanceof ReadableStream ? [body] : body ? [body.buffer] : [];
    const message: CallerToWorker = { type: "request", id, request };
    lane.port.postMessage(message, transfer as Transferable[]);
    return true;
  }

  #leastBusy(): Lane | undefined {
    const lanes = this.#workers().map((worker) => this.#lanes.get(worker.id) ?? this.#openLane(worker));
    return lanes.sort((a, b) => a.open.size - b.open.size || a.lastUsed - b.lastUsed)[0];
  }

  #openLane(worker: InstanceWorker): Lane {
    const { port1, port2 } = new MessageChannel();
    const connection = worker.connect(port2);
    const lane: Lane = { worker, lastUsed: -1, port: port1, connection, open: new Map() };
    this.#lanes.set(worker.id, lane);
    port1.addEventListener("message", ({ data }: MessageEvent<WorkerToCaller>) => {
      const open = lane.open.get(data.id);
      if (data.type === "head" && !data.done && open) open.head = { requestId: data.requestId, status: data.status };
      else if (data.type !== "body") lane.open.delete(data.id);
      this.#reply(data);
    });
    port1.start();
    return lane;
  }

  #refuse(id: number, open: OpenRequest, status: number, reason: string): void {
    const requestId = crypto.randomUUID();
    const headers = status === 503 ? [plainText, retryAfter] : [plainText];
    const bytes = new TextEncoder().encode(`${reason}\n`);
    this.#reply({ type: "head", id, requestId, status, headers, bytes, done: true });
    this.#trace(open, { requestId, status }, reason);
  }

  #trace({ request, start }: OpenRequest, head: { requestId: string; status: number }, message: string): void {
    const { method, url, destination } = request;
    const failure = { code: "engine-unavailable", message };
    const asked = { method, url, ...(destination === undefined ? {} : { destination }) };
    const trace: Trace = { ...head, ...asked, start, failure, spans: [] };
    this.#emit({ type: "trace", trace });
  }

  #reply(message: WorkerToCaller): void {
    this.#port.postMessage(message, "bytes" in message ? [message.bytes.buffer] : []);
  }
}
