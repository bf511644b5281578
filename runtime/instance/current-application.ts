import { PlaygroundError } from "../errors.ts";
import type { LoadedApplication } from "./application.ts";

/**
 * Which application the worker answers with. Requests that come while one is being loaded wait for it, so that whoever
 * asked for it gets it; before the first word of the supervisor they wait for that.
 */
export class CurrentApplication {
  #settled: LoadedApplication | PlaygroundError | undefined;
  /** The change under way; `undefined` when there is none. */
  #changing: Promise<void> | undefined;
  #order = 0;
  /** Order of what `#settled` came from. */
  #settledOrder = 0;
  #stop = new AbortController();
  #firstWord: (() => void) | undefined;

  constructor() {
    this.#changing = new Promise((resolve) => (this.#firstWord = resolve));
  }

  /** Aborts when requests under way shall end. */
  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  /** The application for a request that comes now, or why there is none. */
  async get(): Promise<LoadedApplication | PlaygroundError> {
    while (this.#changing) await this.#changing;
    return this.#settled ?? new PlaygroundError("not-running", "No application is running.");
  }

  /**
   * Takes the place of what was there once it is loaded. Rejects as `loading` does, and what was there goes on; rejects
   * with `build-superseded` when a later application, or a stop, has taken the place meanwhile.
   */
  async load(loading: Promise<LoadedApplication>): Promise<LoadedApplication> {
    const order = this.#begin();
    const changed = loading.then((application) => {
      if (order < this.#settledOrder) {
        throw new PlaygroundError("build-superseded", "A newer application came, or a stop.");
      }
      this.#settled = application;
      this.#settledOrder = order;
      return application;
    });
    // Requests wait for the end of it, not for its success.
    const change = changed.then(
      () => this.#end(order),
      () => this.#end(order),
    );
    this.#changing = change;
    this.#firstWord?.();
    await change;
    return changed;
  }

  /** Requests are refused with this reason from now on, and those under way ended. */
  stop(reason: string): void {
    this.#settledOrder = this.#begin();
    const failure = new PlaygroundError("not-running", reason);
    this.#settled = failure;
    this.#changing = undefined;
    this.#firstWord?.();
    this.#stop.abort(failure);
    this.#stop = new AbortController();
  }

  #begin(): number {
    this.#order += 1;
    return this.#order;
  }

  #end(order: number): void {
    if (order === this.#order) this.#changing = undefined;
  }
}
