import { proxy, wrap } from "comlink";
import type { Remote } from "comlink";
import { PlaygroundError } from "../../runtime/errors.ts";
import type { PackProgress } from "../toolchain.ts";
import type { PackManifest } from "./pack-manifest.ts";
import type { BuildWorkerApi, Outcome, WorkerStart } from "./worker/api.ts";
import type { PackLoader } from "./worker/pack-loader.ts";

export type WorkerFactory = () => Worker;

/**
 * One build worker, started at the first call and started anew after it was terminated. Calls that a termination cuts off
 * reject with the reason given for it.
 */
export class WorkerClient {
  readonly #pack: PackLoader;
  readonly #makeWorker: WorkerFactory;
  #running:
    | { worker: Worker; api: Remote<BuildWorkerApi>; ended: Promise<never>; end: (error: PlaygroundError) => void }
    | undefined;

  constructor(pack: PackLoader, makeWorker: WorkerFactory) {
    this.#pack = pack;
    this.#makeWorker = makeWorker;
  }

  /** Calls the worker, and turns a failure it reports into the error it was. */
  async call<Type>(work: (api: Remote<BuildWorkerApi>) => Promise<Outcome<Type>>): Promise<Type> {
    const { api, ended } = (this.#running ??= this.#start());
    const result = await Promise.race([work(api), ended]);
    if ("value" in result) return result.value;
    throw new PlaygroundError(result.code, result.message);
  }

  /** Tells the running worker something without waiting for an answer; nothing is started for it. */
  notify(work: (api: Remote<BuildWorkerApi>) => Promise<void>): void {
    const running = this.#running;
    if (!running) return;
    work(running.api).catch((error: unknown) => {
      this.terminate(new PlaygroundError("internal", `The build worker failed: ${String(error)}`, { cause: error }));
    });
  }

  /** Ends the worker at once, whatever it does. The next call starts another. */
  terminate(error: PlaygroundError): void {
    const running = this.#running;
    this.#running = undefined;
    running?.worker.terminate();
    running?.end(error);
  }

  #start() {
    const worker = this.#makeWorker();
    let end: (error: PlaygroundError) => void = () => {};
    const ended = new Promise<never>((_resolve, reject) => (end = reject));
    // Nobody may be waiting when it ends.
    ended.catch(() => undefined);
    worker.addEventListener("error", (event) => {
      this.terminate(
        new PlaygroundError(
          "pack-unavailable",
          `The build worker did not start: ${event.message || "its script could not be loaded"}.`,
        ),
      );
    });
    const { port1, port2 } = new MessageChannel();
    const start = (manifest?: PackManifest) => {
      const message: WorkerStart = { packBase: this.#pack.base, manifest, port: port2 };
      worker.postMessage(message, [port2]);
    };
    // It comes while the worker's script does. Calls wait in the port; without a manifest the worker asks for it itself,
    // and the failure is the answer to the call.
    this.#pack.manifest().then(start, () => start());
    return { worker, api: wrap<BuildWorkerApi>(port1), ended, end };
  }
}

/**
 * Makes a call with a progress callback that can cross to the worker. Progress comes by a port of its own, so the last of
 * it may come after the call has ended: it is dropped then, or a progress bar would never go.
 */
export async function withProgress<Type>(
  onProgress: ((progress: PackProgress) => void) | undefined,
  call: (progress: ((progress: PackProgress) => void) | undefined) => Promise<Type>,
): Promise<Type> {
  if (onProgress === undefined) return call(undefined);
  let ended = false;
  try {
    return await call(proxy((progress: PackProgress) => (ended ? undefined : onProgress(progress))));
  } finally {
    ended = true;
  }
}
