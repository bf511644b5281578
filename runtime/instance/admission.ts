import { PlaygroundError } from "../errors.ts";

export interface AdmissionLimits {
  /** Requests that may have an instance at one time. */
  live: number;
  /** Requests from outside that may wait; as many of the application's own may, too. */
  waiting: number;
}

/** How deep a request lies within others of the application, and how deep those of this application may lie. */
export interface Nesting {
  /** 0 for one from outside. */
  depth: number;
  /** 0 when no component may ask the application itself. */
  deepest: number;
}

interface Waiting {
  nesting: Nesting;
  admit(): void;
}

const fromOutside: Nesting = { depth: 0, deepest: 0 };

/**
 * Lets a bounded number of requests have an instance; the others wait in order, and beyond a bound are refused. A
 * renderer holds about 124 Wasm memories, so without this a burst would fail in the browser's way.
 *
 * Requests that wait for requests of their own must not take all the places there are, or all would wait for ever. So a
 * request of each depth finds fewer places than one that lies deeper: of those that are live, the deepest one then never
 * waits for a place (whatever took a place that it may not have lies deeper still).
 */
export class Admission {
  #live = 0;
  #waiting: Waiting[] = [];
  #limits: AdmissionLimits;

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
  }

  configure(limits: AdmissionLimits): void {
    this.#limits = limits;
    this.#admit();
  }

  /**
   * Settles with the way to leave. Rejects with `limit-exceeded` when too many wait or the limit leaves no place at this
   * depth, or the signal's reason.
   */
  async enter(signal: AbortSignal, nesting: Nesting = fromOutside): Promise<() => void> {
    if (nesting.depth > 0 && nesting.depth >= this.#limits.live) {
      throw new PlaygroundError(
        "limit-exceeded",
        "The limit liveInstances leaves no instance for a request of the application to itself.",
      );
    }
    if (!this.#hasPlace(nesting)) {
      const isNested = nesting.depth > 0;
      const before = this.#waiting.filter(({ nesting: { depth } }) => depth > 0 === isNested).length;
      if (before >= this.#limits.waiting) {
        throw new PlaygroundError(
          "limit-exceeded",
          `${this.#limits.waiting} requests are waiting already; this one is refused.`,
        );
      }
      await this.#wait(signal, nesting);
    } else this.#live += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#live -= 1;
      this.#admit();
    };
  }

  #hasPlace(nesting: Nesting): boolean {
    return this.#live < placesAt(nesting, this.#limits.live);
  }

  #wait(signal: AbortSignal, nesting: Nesting): Promise<void> {
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        nesting,
        admit: () => {
          signal.removeEventListener("abort", aborted);
          this.#live += 1;
          resolve();
        },
      };
      const aborted = (): void => {
        this.#waiting = this.#waiting.filter((other) => other !== entry);
        const { reason } = signal;
        reject(
          reason instanceof PlaygroundError
            ? reason
            : new PlaygroundError("instance-failed", "The request was cancelled."),
        );
      };
      signal.addEventListener("abort", aborted, { once: true });
      this.#waiting.push(entry);
    });
  }

  /** The deepest first: others wait for them. Of those alike, the one that has waited longest. */
  #admit(): void {
    for (;;) {
      const admissible = this.#waiting.filter(({ nesting }) => this.#hasPlace(nesting));
      const deepest = Math.max(...admissible.map(({ nesting }) => nesting.depth));
      const next = admissible.find(({ nesting }) => nesting.depth === deepest);
      if (!next) return;
      this.#waiting = this.#waiting.filter((entry) => entry !== next);
      next.admit();
    }
  }
}

/**
 * How many live requests there may be for one of this depth to be let in: for each depth half of what the one above leaves,
 * and always at least one more than for that, up to all of them for the deepest.
 */
function placesAt({ depth, deepest }: Nesting, live: number): number {
  const levels = Math.min(deepest, live - 1);
  if (depth >= levels) return live;
  return Math.min(live - Math.floor(live / 2 ** (depth + 1)), live - (levels - depth));
}
