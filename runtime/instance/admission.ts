import { PlaygroundError } from "../errors.ts";

/**
 * Lets a bounded number of requests have an instance; the others wait in order, and beyond a bound are refused. A
 * renderer holds about 124 Wasm memories, so without this a burst would fail in the browser's way.
 */
export class Admission {
  #live = 0;
  #waiting: (() => void)[] = [];
  #limits: { live: number; waiting: number };

  constructor(limits: { live: number; waiting: number }) {
    this.#limits = limits;
  }

  configure(limits: { live: number; waiting: number }): void {
    this.#limits = limits;
    this.#admit();
  }

  /** Settles with the way to leave. Rejects with `limit-exceeded` when too many wait, or the signal's reason. */
  async enter(signal: AbortSignal): Promise<() => void> {
    if (this.#live >= this.#limits.live) {
      if (this.#waiting.length >= this.#limits.waiting) {
        throw new PlaygroundError(
          "limit-exceeded",
          `${this.#limits.waiting} requests are waiting already; this one is refused.`,
        );
      }
      await this.#wait(signal);
    } else this.#live += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#live -= 1;
      this.#admit();
    };
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const admitted = (): void => {
        signal.removeEventListener("abort", aborted);
        this.#live += 1;
        resolve();
      };
      const aborted = (): void => {
        this.#waiting = this.#waiting.filter((entry) => entry !== admitted);
        const { reason } = signal;
        reject(
          reason instanceof PlaygroundError
            ? reason
            : new PlaygroundError("instance-failed", "The request was cancelled."),
        );
      };
      signal.addEventListener("abort", aborted, { once: true });
      this.#waiting.push(admitted);
    });
  }

  #admit(): void {
    while (this.#live < this.#limits.live) {
      const next = this.#waiting.shift();
      if (!next) return;
      next();
    }
  }
}
