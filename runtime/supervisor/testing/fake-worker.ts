import type { SupervisorToWorker, WorkerToSupervisor } from "../../protocol.ts";

/** An instance worker without a thread: a test sees what it is told, and says what it answers. */
export class FakeWorker extends EventTarget {
  readonly received: SupervisorToWorker[] = [];
  isTerminated = false;
  /** Whether it takes messages; a worker in an endless loop does not. */
  isResponsive = true;
  /** Hears each message, as it comes. */
  onTold: ((message: SupervisorToWorker) => void) | undefined;

  /** As what `Pool` and `InstanceWorker` take; they use no more of a `Worker` than is here. */
  get asWorker(): Worker {
    return this as unknown as Worker;
  }

  postMessage(message: SupervisorToWorker): void {
    this.received.push(message);
    this.onTold?.(message);
    if (!this.isResponsive) return;
    if (message.type === "deploy") this.say({ type: "deployed", deploymentId: message.deploymentId });
    else if (message.type === "ping") this.say({ type: "pong", sequence: message.sequence });
    else if (message.type === "flush") this.say({ type: "flushed", flush: message.flush });
  }

  say(message: WorkerToSupervisor): void {
    this.dispatchEvent(new MessageEvent("message", { data: message }));
  }

  terminate(): void {
    this.isTerminated = true;
  }

  /** Messages of one kind, in order. */
  told<Type extends SupervisorToWorker["type"]>(type: Type): Extract<SupervisorToWorker, { type: Type }>[] {
    return this.received.filter(
      (message): message is Extract<SupervisorToWorker, { type: Type }> => message.type === type,
    );
  }
}
