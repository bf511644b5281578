import type { BrokerToDatabase, DatabaseToBroker } from "../../protocol.ts";

/** The thread did not answer in time. */
export class ThreadStuck extends Error {
  override readonly name = "ThreadStuck";
}

/** The broker's handle on the thread that runs one Postgres. It does one thing at a time. */
export class DatabaseThread {
  readonly #worker: Worker;

  constructor(spawn: () => Worker) {
    this.#worker = spawn();
  }

  /** Rejects with `ThreadStuck` after `limitMs`, and with what is wrong if Postgres breaks down; then it is of no more use. */
  ask(message: BrokerToDatabase, limitMs: number): Promise<DatabaseToBroker> {
    return new Promise((resolve, reject) => {
      const done = new AbortController();
      const { signal } = done;
      const timer = setTimeout(() => {
        done.abort();
        reject(new ThreadStuck(`Postgres did not answer within ${limitMs / 1000} s.`));
      }, limitMs);
      signal.addEventListener("abort", () => clearTimeout(timer));
      this.#worker.addEventListener(
        "message",
        ({ data }: MessageEvent<DatabaseToBroker>) => {
          done.abort();
          if (data.type === "broken") reject(new Error(data.reason));
          else resolve(data);
        },
        { signal },
      );
      this.#worker.addEventListener(
        "error",
        (event) => {
          done.abort();
          reject(new Error(`Postgres could not be loaded: ${event.message}`));
        },
        { signal },
      );
      this.#worker.postMessage(message);
    });
  }

  terminate(): void {
    this.#worker.terminate();
  }
}
