import type { CallerToWorker, WorkerToCaller } from "../protocol.ts";
import type { InstanceWorker } from "./instance-worker.ts";

interface Lane {
  worker: InstanceWorker;
  port: MessagePort;
  /** Requests under way: id → whether the head was sent. */
  open: Map<number, boolean>;
}

/**
 * Gives a caller one port that outlives workers: each request goes to the worker with the fewest under way, and messages
 * pass through unchanged. When a worker is ended, its requests are answered 502 with the reason.
 */
export class Forwarder {
  readonly #port: MessagePort;
  readonly #workers: () => readonly InstanceWorker[];
  readonly #lanes = new Map<number, Lane>();

  constructor(port: MessagePort, workers: () => readonly InstanceWorker[]) {
    this.#port = port;
    this.#workers = workers;
    port.addEventListener("message", (event: MessageEvent<CallerToWorker>) => this.#fromCaller(event.data));
    port.start();
  }

  /** The worker is gone: what it was doing for this caller fails. */
  drop(workerId: number, reason: string): void {
    const lane = this.#lanes.get(workerId);
    if (!lane) return;
    this.#lanes.delete(workerId);
    lane.port.close();
    for (const [id, headSent] of lane.open) {
      if (headSent) this.#reply({ type: "abort", id, reason });
      else this.#refuse(id, 502, reason);
    }
  }

  #fromCaller(message: CallerToWorker): void {
    if (message.type !== "request") {
      const lane = [...this.#lanes.values()].find(({ open }) => open.has(message.id));
      lane?.port.postMessage(message);
      return;
    }
    const lane = this.#leastBusy();
    if (!lane) return this.#refuse(message.id, 503, "The engine has no worker for this request yet.");
    lane.open.set(message.id, false);
    const { body } = message.request;
    const transfer = body instanceof ReadableStream ? [body] : body ? [body.buffer] : [];
    lane.port.postMessage(message, transfer as Transferable[]);
  }

  #leastBusy(): Lane | undefined {
    const lanes = this.#workers().map((worker) => this.#lanes.get(worker.id) ?? this.#openLane(worker));
    return lanes.sort((a, b) => a.open.size - b.open.size)[0];
  }

  #openLane(worker: InstanceWorker): Lane {
    const { port1, port2 } = new MessageChannel();
    const lane: Lane = { worker, port: port1, open: new Map() };
    this.#lanes.set(worker.id, lane);
    port1.addEventListener("message", ({ data }: MessageEvent<WorkerToCaller>) => {
      if (data.type === "head" && !data.done) lane.open.set(data.id, true);
      else if (data.type !== "body") lane.open.delete(data.id);
      this.#reply(data);
    });
    port1.start();
    worker.connect(port2);
    return lane;
  }

  #refuse(id: number, status: number, reason: string): void {
    const headers: [string, string][] = [["content-type", "text/plain; charset=utf-8"]];
    const bytes = new TextEncoder().encode(`${reason}\n`);
    this.#reply({ type: "head", id, requestId: crypto.randomUUID(), status, headers, bytes, done: true });
  }

  #reply(message: WorkerToCaller): void {
    this.#port.postMessage(message, "bytes" in message ? [message.bytes.buffer] : []);
  }
}
