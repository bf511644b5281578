/** One that waits longer than it may. */
export class TurnFailure extends Error {
  override readonly name = "TurnFailure";
}

interface Waiting {
  owner: object;
  start: () => void;
  give: (error: TurnFailure) => void;
}

/** What only one may have at a time, in the order asked. */
export class Turns {
  #owner: object | undefined;
  readonly #waiting: Waiting[] = [];

  /** Settles when it is the owner's; rejects with `TurnFailure` after `limitMs`, or when the owner leaves. */
  async take(owner: object, limitMs: number): Promise<void> {
    if (this.#owner === owner) return;
    if (this.#owner === undefined) {
      this.#owner = owner;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const timer = Number.isFinite(limitMs)
        ? setTimeout(() => this.#remove(entry, "It took too long."), limitMs)
        : undefined;
      const entry: Waiting = {
        owner,
        start: () => {
          clearTimeout(timer);
          resolve();
        },
        give: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      this.#waiting.push(entry);
    });
  }

  /** The next one gets it, if `owner` has it. */
  give(owner: object): void {
    if (this.#owner !== owner) return;
    const next = this.#waiting.shift();
    this.#owner = next?.owner;
    next?.start();
  }

  /** The owner waits no longer. What it has it keeps. */
  leave(owner: object): void {
    for (const entry of this.#waiting.filter((waiting) => waiting.owner === owner)) this.#remove(entry, "It has left.");
  }

  #remove(entry: Waiting, reason: string): void {
    const at = this.#waiting.indexOf(entry);
    if (at < 0) return;
    this.#waiting.splice(at, 1);
    entry.give(new TurnFailure(reason));
  }
}
