import type { SupervisorToPostgres } from "../protocol.ts";

/** The worker that keeps the Postgres databases of this engine, which is made when a component first wants one. */
export class Postgres {
  #worker: Worker | undefined;

  connect(workerId: number, port: MessagePort): void {
    this.#worker ??= new Worker(new URL("../stores/postgres/broker-worker.ts", import.meta.url), {
      type: "module",
      name: "postgres-broker",
    });
    this.#tell({ type: "connect", workerId, port }, [port]);
  }

  /** An instance worker was ended: what its requests left open is rolled back. */
  drop(workerId: number): void {
    this.#tell({ type: "worker-gone", workerId });
  }

  #tell(message: SupervisorToPostgres, transfer: Transferable[] = []): void {
    this.#worker?.postMessage(message, transfer);
  }
}
