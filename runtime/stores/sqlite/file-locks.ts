/** The states of a lock, with SQLite's own numbers (https://sqlite.org/lockingv3.html). */
export const lockState = { none: 0, shared: 1, reserved: 2, pending: 3, exclusive: 4 } as const;

/** The locks that the connections of one thread have on one file, by SQLite's rules. */
export class FileLocks {
  /** By open file. */
  readonly #states = new Map<number, number>();

  /** Whether `handle` has the lock now. A refused EXCLUSIVE leaves it PENDING, so that no new reader comes in between. */
  lock(handle: number, wanted: number): boolean {
    const own = this.#of(handle);
    if (own >= wanted) return true;
    const others = [...this.#states].filter(([other]) => other !== handle).map(([, state]) => state);
    const highest = Math.max(lockState.none, ...others);
    if (wanted === lockState.shared) return highest < lockState.pending && this.#set(handle, wanted);
    if (highest >= lockState.reserved) return false;
    if (wanted === lockState.exclusive && highest >= lockState.shared) {
      this.#set(handle, lockState.pending);
      return false;
    }
    return this.#set(handle, wanted);
  }

  unlock(handle: number, state: number): void {
    if (state === lockState.none) this.#states.delete(handle);
    else if (this.#of(handle) > state) this.#set(handle, state);
  }

  /** Somebody is about to write: what the file holds may be part of a transaction that is not committed. */
  get isReserved(): boolean {
    return [...this.#states.values()].some((state) => state >= lockState.reserved);
  }

  #of(handle: number): number {
    return this.#states.get(handle) ?? lockState.none;
  }

  #set(handle: number, state: number): true {
    this.#states.set(handle, state);
    return true;
  }
}
