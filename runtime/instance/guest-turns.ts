import type { RequestKey } from "../protocol.ts";

/** The turns of one instance: when its guest runs, and when it waits. */
export interface GuestTurn {
  /** The guest may run from now on. */
  enter(): void;
  /** The guest waits for something outside, or has returned. */
  leave(): void;
}

/**
 * Tells the supervisor which guests of this worker may be running. A guest that never gives way cannot be asked, and takes
 * the requests of all others with it; so what is needed then is told beforehand. A guest counts as running a little too
 * early (it may have to wait its turn) and a little too long (the next message leaves it out), never the other way round.
 * One message for each change of guests: a guest that runs alone is told once, however often it waits.
 */
export class GuestTurns {
  readonly #report: (requests: RequestKey[]) => void;
  readonly #running = new Map<GuestTurn, RequestKey>();
  #reported: readonly GuestTurn[] = [];

  constructor(report: (requests: RequestKey[]) => void) {
    this.#report = report;
  }

  /** For one instance that works for this request. */
  of(key: RequestKey): GuestTurn {
    const turn: GuestTurn = {
      enter: () => {
        if (this.#running.has(turn)) return;
        this.#running.set(turn, key);
        const running = [...this.#running.keys()];
        if (isSame(running, this.#reported)) return;
        this.#reported = running;
        this.#report([...this.#running.values()]);
      },
      leave: () => void this.#running.delete(turn),
    };
    return turn;
  }
}

function isSame(some: readonly GuestTurn[], others: readonly GuestTurn[]): boolean {
  return some.length === others.length && some.every((turn) => others.includes(turn));
}
