/**
 * Questions to another thread whose answers show that everything it posted before has come: messages by one way keep their
 * order. Each question has a number, which its answer repeats.
 */
export class Flushes {
  readonly #waiting = new Map<number, () => void>();
  #last = 0;

  /** Asks, and settles (never rejects) with the answer. */
  wait(ask: (flush: number) => void): Promise<void> {
    this.#last += 1;
    const flush = this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(flush, resolve);
      ask(flush);
    });
  }

  /** The answer has come. Answers to others are none of ours. */
  done(flush: number): void {
    this.#waiting.get(flush)?.();
    this.#waiting.delete(flush);
  }

  /** The other side is gone: nothing more comes from there. */
  end(): void {
    for (const resolve of this.#waiting.values()) resolve();
    this.#waiting.clear();
  }
}
