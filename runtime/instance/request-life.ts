import { PlaygroundError } from "../errors.ts";

/**
 * How long one request lives. It has the deadline until the head of its response; then the reader of the body decides;
 * then, when the response is complete and the guest still runs (`waitUntil`), the deadline once more. It is over when the
 * response is complete and the guest has returned: natively the store is dropped then. `signal` aborts at the end, however
 * it came about, and with it timers, outbound requests and pipes of the instance.
 */
export class RequestLife {
  readonly #deadlineMs: number;
  readonly #end = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #guestReturned = false;
  #isDelivered = false;
  #isCancelled = false;

  /** `caller` aborts when nobody waits for the answer, `stopped` (with its reason) when the application is stopped. */
  constructor(deadlineMs: number, caller: AbortSignal, stopped: AbortSignal) {
    this.#deadlineMs = deadlineMs;
    const cancel = (): void => {
      this.#isCancelled = true;
      this.end(new PlaygroundError("instance-failed", "The caller went away before the answer was complete."));
    };
    const stop = (): void => this.end(stopped.reason);
    const listening = { once: true, signal: this.signal };
    caller.addEventListener("abort", cancel, listening);
    stopped.addEventListener("abort", stop, listening);
    this.#arm(
      `The handler did not answer within ${deadlineMs / 1000} s. The request was ended; the application goes on.`,
    );
    if (caller.aborted) cancel();
    else if (stopped.aborted) stop();
  }

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** Whether the caller went away: what the guest makes of that is no fault of its own. */
  get isCancelled(): boolean {
    return this.#isCancelled;
  }

  /** Whether nothing more of the answer can change: the guest has returned, or the reader has it all. */
  get isAnswered(): boolean {
    return this.#guestReturned || this.#isDelivered;
  }

  headSent(): void {
    if (!this.#isDelivered) clearTimeout(this.#timer);
  }

  /** The reader has the whole body, or its failure, or wants no more of it. */
  delivered(): void {
    this.#isDelivered = true;
    clearTimeout(this.#timer);
    if (this.#guestReturned) this.end();
    else
      this.#arm(`The handler went on for ${this.#deadlineMs / 1000} s after its response was complete, and was ended.`);
  }

  guestReturned(): void {
    this.#guestReturned = true;
    if (this.#isDelivered) this.end();
  }

  /** Ends the request now; without a reason it ended well. */
  end(reason?: unknown): void {
    clearTimeout(this.#timer);
    this.#end.abort(reason);
  }

  #arm(message: string): void {
    if (this.signal.aborted) return;
    this.#timer = setTimeout(() => this.end(new PlaygroundError("deadline-exceeded", message)), this.#deadlineMs);
  }
}

/** The value, or a rejection with the signal's reason, whichever is first. */
export async function unlessAborted<T>(value: T | Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([value, aborted]);
  } finally {
    if (stop) signal.removeEventListener("abort", stop);
  }
}
