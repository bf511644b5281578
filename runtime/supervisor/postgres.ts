import type { SupervisorToPostgres } from "../protocol.ts";

/** The worker that keeps the Postgres databases of this engine, which is made when a component first wants one. */
export class Postgres {
  /** What is sent to it keeps its order, since all of it waits for the same. */
  #worker: Promise<Worker> | undefined;

  connect(workerId: number, port: MessagePort): void {
    this.#worker ??= import("./postgres-broker.ts").then(({ startPostgresBroker }) => startPostgresBroker());
    this.#tell({ type: "connect", workerId, port }, [port]);
  }

  /** An instance worker was ended: what its requests left open is rolled back. */
  drop(workerId: number): void {
    this.#tell({ type: "worker-gone", workerId });
  }

  #tell(message: SupervisorToPostgres, transfer: Transferable[] = []): void {
    void this.#worker?.then((worker) => worker.postMessage(message, transfer));
  }
}
