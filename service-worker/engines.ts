import { createCaller } from "../runtime/dispatch/caller.ts";
import type { Caller } from "../runtime/dispatch/caller.ts";
import type { EngineToServiceWorker, ServiceWorkerToWindow } from "../runtime/protocol.ts";
import { scope } from "./scope.ts";

interface Way {
  engineId: string;
  workerId: number;
  caller: Caller;
}

/** How long a request waits for an engine page to answer. A page that is still loading has that long to be there. */
const answerWithinMs = 3_000;

/**
 * The ports to instance workers that this service worker was given. It keeps nothing else: when the browser stops it,
 * all of them are forgotten, and the next request asks the windows of the origin for new ones.
 */
export class Engines {
  #ways: Way[] = [];
  #wanted: Promise<void> | undefined;
  #arrived: (() => void) | undefined;

  add({ engineId, engineLock, workerId, port }: Extract<EngineToServiceWorker, { type: "engine" }>): void {
    if (!this.#ways.some((way) => way.engineId === engineId)) this.#dropWithLock(engineId, engineLock);
    this.remove({ type: "worker-gone", engineId, workerId, reason: "The engine gave a newer port." });
    this.#ways.push({ engineId, workerId, caller: createCaller(port) });
    this.#arrived?.();
  }

  remove({ engineId, workerId, reason }: Extract<EngineToServiceWorker, { type: "worker-gone" }>): void {
    this.#drop((way) => way.engineId === engineId && way.workerId === workerId, reason);
  }

  /**
   * The way with the fewest requests under way, and of several such the one that was not used for longest: its worker has
   * an instance ready. Asks the windows of the origin when there is none.
   */
  async find(): Promise<Caller | undefined> {
    if (this.#ways.length === 0) {
      this.#wanted ??= this.#ask().finally(() => (this.#wanted = undefined));
      await this.#wanted;
    }
    // Sorting is stable, and the way used last stands at the end.
    const [idle] = [...this.#ways].sort((a, b) => a.caller.inFlight - b.caller.inFlight);
    if (idle) this.#ways = [...this.#ways.filter((way) => way !== idle), idle];
    return idle?.caller;
  }

  async #ask(): Promise<void> {
    const arrived = new Promise<void>((resolve) => (this.#arrived = resolve));
    const windows = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
    const question: ServiceWorkerToWindow = { type: "engine-wanted" };
    for (const window of windows) window.postMessage(question);
    // A message to a window without an engine brings no answer, so there must be an end to the wait.
    await Promise.race([
      arrived,
      new Promise((resolve) => setTimeout(resolve, windows.length === 0 ? 0 : answerWithinMs)),
    ]);
    this.#arrived = undefined;
  }

  /** The engine page holds the lock as long as it lives; a port does not tell when its other end is gone. */
  #dropWithLock(engineId: string, engineLock: string): void {
    scope.navigator.locks
      .request(engineLock, () => this.#drop((way) => way.engineId === engineId, "The studio was closed or reloaded."))
      .catch((error: unknown) => console.error("The engine's lock could not be watched:", error));
  }

  #drop(gone: (way: Way) => boolean, reason: string): void {
    for (const way of this.#ways.filter(gone)) way.caller.close(reason);
    this.#ways = this.#ways.filter((way) => !gone(way));
  }
}
