import type { CallerToWorker, EngineEvent, Trace, WireRequest, WorkerToCaller } from "../protocol.ts";
import type { InstanceWorker } from "./instance-worker.ts";

interface Lane {
  worker: InstanceWorker;
  /** Order of its last request. */
  lastUsed: number;
  port: MessagePort;
  /** Requests under way, by id. */
  open: Map<number, OpenRequest>;
}

interface OpenRequest {
  request: Pick<WireRequest, "method" | "url" | "destination">;
  /** Milliseconds since the epoch. */
  start: number;
  /** Of the head, once it was sent. */
  head: { requestId: string; status: number } | undefined;
}

/**
 * Gives a caller one port that outlives workers: each request goes to the worker with the fewest under way, in turn where
 * there are several, and messages pass through unchanged. When a worker is ended, its requests are answered 502 with the
 * reason, or their bodies break off; the traces that the worker owed are emitted here.
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

  /** The worker is gone: what it was doing for this caller fails. */
  drop(workerId: number, reason: string): void {
    const lane = this.#lanes.get(workerId);
    if (!lane) return;
    this.#lanes.delete(workerId);
    lane.port.close();
    for (const [id, open] of lane.open) {
      if (!open.head) {
        this.#refuse(id, open, 502, reason);
        continue;
      }
      this.#reply({ type: "abort", id, reason });
      this.#trace(open, open.head, reason);
    }
  }

  #fromCaller(message: CallerToWorker): void {
    if (message.type !== "request") {
      const lane = [...this.#lanes.values()].find(({ open }) => open.has(message.id));
      lane?.port.postMessage(message);
      // Nothing of it comes back any more.
      if (message.type === "cancel") lane?.open.delete(message.id);
      return;
    }
    const { method, url, destination, body } = message.request;
    const request = { method, url, ...(destination === undefined ? {} : { destination }) };
    const open: OpenRequest = { request, start: Date.now(), head: undefined };
    const lane = this.#leastBusy();
    if (!lane) return this.#refuse(message.id, open, 503, "The engine has no worker for this request yet.");
    lane.open.set(message.id, open);
    lane.lastUsed = this.#requests++;
    const transfer = body instanceof ReadableStream ? [body] : body ? [body.buffer] : [];
    lane.port.postMessage(message, transfer as Transferable[]);
  }

  #leastBusy(): Lane | undefined {
    const lanes = this.#workers().map((worker) => this.#lanes.get(worker.id) ?? this.#openLane(worker));
    return lanes.sort((a, b) => a.open.size - b.open.size || a.lastUsed - b.lastUsed)[0];
  }

  #openLane(worker: InstanceWorker): Lane {
    const { port1, port2 } = new MessageChannel();
    const lane: Lane = { worker, lastUsed: -1, port: port1, open: new Map() };
    this.#lanes.set(worker.id, lane);
    port1.addEventListener("message", ({ data }: MessageEvent<WorkerToCaller>) => {
      const open = lane.open.get(data.id);
      if (data.type === "head" && !data.done && open) open.head = { requestId: data.requestId, status: data.status };
      else if (data.type !== "body") lane.open.delete(data.id);
      this.#reply(data);
    });
    port1.start();
    worker.connect(port2);
    return lane;
  }

  #refuse(id: number, open: OpenRequest, status: number, reason: string): void {
    const requestId = crypto.randomUUID();
    const headers: [string, string][] = [["content-type", "text/plain; charset=utf-8"]];
    const bytes = new TextEncoder().encode(`${reason}\n`);
    this.#reply({ type: "head", id, requestId, status, headers, bytes, done: true });
    this.#trace(open, { requestId, status }, reason);
  }

  #trace({ request, start }: OpenRequest, head: { requestId: string; status: number }, message: string): void {
    const failure = { code: "engine-unavailable", message };
    const trace: Trace = { ...head, ...request, start, failure, spans: [] };
    this.#emit({ type: "trace", trace });
  }

  #reply(message: WorkerToCaller): void {
    this.#port.postMessage(message, "bytes" in message ? [message.bytes.buffer] : []);
  }
}
