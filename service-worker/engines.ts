import { createCaller } from "../runtime/dispatch/caller.ts";
import type { Caller } from "../runtime/dispatch/caller.ts";
import { enginePath } from "../runtime/protocol.ts";
import type { EngineEvent, EngineToServiceWorker, ServiceWorkerToWindow } from "../runtime/protocol.ts";
import { scope } from "./scope.ts";
import type { WindowClient } from "./scope.ts";

/** An engine page of this origin. */
export interface Engine {
  readonly id: string;
  readonly page: Pick<WindowClient, "postMessage">;
  readonly isStandalone: boolean;
  /** See `EngineToServiceWorker`. */
  since: number;
}

/** A port to one instance worker. */
export interface Way {
  readonly engine: Engine;
  readonly workerId: number;
  readonly connection: number;
  readonly caller: Caller;
}

/** How long a request waits for an engine page to answer. A page that is still loading has that long to be there. */
const answerWithinMs = 3_000;
/** The same where another engine could answer already. */
const joinWithinMs = 500;

/**
 * The ports to instance workers that this service worker was given. It keeps nothing else: when the browser stops it,
 * all of them are forgotten, and the next request asks the windows of the origin for new ones.
 */
export class Engines {
  readonly #engines = new Map<string, Engine>();
  #ways: Way[] = [];
  /** Whether the windows were asked since the start: an engine may offer itself while others do not know they are forgotten. */
  #hasAsked = false;
  #wanted: Promise<void> | undefined;
  #arrived: (() => void) | undefined;

  /** @param page the engine's page */
  receive(message: EngineToServiceWorker, page: Engine["page"]): void {
    if (message.type === "engine") this.#add(message, page);
    else if (message.type === "worker-gone") this.#remove(message);
    else if (message.type === "flush") {
      const flushed: ServiceWorkerToWindow = { type: "flushed", flush: message.flush };
      page.postMessage(flushed);
    } else {
      const engine = this.#engines.get(message.engineId);
      if (engine) engine.since = message.since;
    }
  }

  /** Whether a port is at hand. */
  get isEmpty(): boolean {
    return this.#ways.length === 0;
  }

  /**
   * The way that `take` would give now. Asks the windows of the origin when there is none; with `isHasty`, waits for an answer
   * only if one of them is an engine's page.
   */
  async find({ isHasty }: { isHasty: boolean }): Promise<Way | undefined> {
    if (this.isEmpty || !this.#hasAsked) {
      const windows = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
      const pages = windows.filter(({ url }) => new URL(url).pathname === `${enginePath}engine.html`).length;
      const isThere = this.isEmpty ? pages > 0 : pages > this.#engines.size;
      const mayCome = this.isEmpty && windows.length > 0 && !isHasty;
      if (isThere || mayCome) {
        this.#wanted ??= this.#ask(windows, pages).finally(() => (this.#wanted = undefined));
        await this.#wanted;
      }
      this.#hasAsked = true;
    }
    return this.#best;
  }

  /**
   * A way to the engine that is right: the one with the latest word of the studio, and of several such one that a studio
   * listens to. Of its ways the one with the fewest requests under way, and of those the one that was not used for longest:
   * its worker has an instance ready. To be used at once, since a request counts as under way from then on.
   */
  take(): Way | undefined {
    const best = this.#best;
    if (best) this.#ways = [...this.#ways.filter((way) => way !== best), best];
    return best;
  }

  get #best(): Way | undefined {
    // Sorting is stable, and the way used last stands at the end.
    return [...this.#ways].sort(
      (a, b) =>
        b.engine.since - a.engine.since ||
        Number(a.engine.isStandalone) - Number(b.engine.isStandalone) ||
        a.caller.inFlight - b.caller.inFlight,
    )[0];
  }

  /** Settles when all engines have answered whose pages are there, or one that has just come. */
  async #ask(windows: WindowClient[], pages: number): Promise<void> {
    const question: ServiceWorkerToWindow = { type: "engine-wanted" };
    await new Promise<void>((resolve) => {
      this.#arrived = () => {
        if (this.#engines.size >= pages) resolve();
      };
      // A message to a window without an engine brings no answer, so there must be an end to the wait.
      setTimeout(resolve, this.isEmpty ? answerWithinMs : joinWithinMs);
      for (const window of windows) window.postMessage(question);
    });
    this.#arrived = undefined;
  }

  #add(message: Extract<EngineToServiceWorker, { type: "engine" }>, page: Engine["page"]): void {
    const { engineId, engineLock, isStandalone, since, workerId, connection, port } = message;
    const known = this.#engines.get(engineId);
    const engine: Engine = known ?? { id: engineId, page, isStandalone, since };
    engine.since = since;
    if (!known) {
      this.#engines.set(engineId, engine);
      this.#dropWithLock(engine, engineLock);
    }
    // The port that is there is as good, and requests may be under way by it.
    if (this.#ways.some((way) => way.engine === engine && way.workerId === workerId)) port.close();
    else this.#ways.push({ engine, workerId, connection, caller: createCaller(port) });
    this.#arrived?.();
  }

  #remove({ engineId, workerId, reason, running }: Extract<EngineToServiceWorker, { type: "worker-gone" }>): void {
    const gone = this.#ways.filter((way) => way.engine.id === engineId && way.workerId === workerId);
    this.#ways = this.#ways.filter((way) => !gone.includes(way));
    for (const { caller, connection } of gone) {
      const mine = running.filter((key) => key.connection === connection);
      caller.close(
        reason,
        mine.map(({ id }) => id),
      );
    }
  }

  /** The engine page holds the lock as long as it lives; a port does not tell when its other end is gone. */
  #dropWithLock(engine: Engine, engineLock: string): void {
    const drop = (): void => {
      this.#engines.delete(engine.id);
      const gone = this.#ways.filter((way) => way.engine === engine);
      this.#ways = this.#ways.filter((way) => way.engine !== engine);
      for (const { caller } of gone) caller.close("The page with the engine was closed or reloaded.");
    };
    scope.navigator.locks
      .request(engineLock, drop)
      .catch((error: unknown) => console.error("The engine's lock could not be watched:", error));
  }
}

/** Has the engine tell its studio. */
export function tellStudio({ id, page }: Engine, event: EngineEvent): void {
  const message: ServiceWorkerToWindow = { type: "engine-event", engineId: id, event };
  page.postMessage(message);
}
