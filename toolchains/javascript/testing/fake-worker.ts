import { expose } from "comlink";
import type { BuildWorkerApi, WorkerStart } from "../worker/api.ts";

/** A worker of the same thread: it takes the start message as `worker.ts` does, and answers calls with what it is given. */
export class FakeWorker extends EventTarget {
  readonly started: WorkerStart[] = [];
  terminated = false;
  readonly #api: BuildWorkerApi;

  constructor(api: Partial<BuildWorkerApi>) {
    super();
    this.#api = { ...unexpected, ...api };
  }

  /** As the factory of a worker client wants it. */
  asWorker(): Worker {
    return this as unknown as Worker;
  }

  postMessage(message: WorkerStart): void {
    this.started.push(message);
    expose(this.#api, message.port);
  }

  terminate(): void {
    this.terminated = true;
    this.started[0]?.port.close();
  }
}

const refuse = () => Promise.reject(new Error("The test did not expect this call."));
const unexpected: BuildWorkerApi = { prepare: refuse, build: refuse, cancel: () => undefined, loadPrebuilt: refuse };
