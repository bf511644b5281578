export interface KeyValueChange {
  store: string;
  key: string;
}

export type ChangeListener = (change: KeyValueChange) => void;

/** The listeners of one thread. A listener that is removed while a change is announced is not called any more. */
export class ChangeListeners {
  readonly #listeners = new Set<ChangeListener>();

  /** Returns the way to stop listening. One function added twice is called twice. */
  add(listener: ChangeListener): () => void {
    const entry: ChangeListener = (change) => listener(change);
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  announce(change: KeyValueChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
