/** The back end of every key-value interface: all stores of one application origin. */
export interface KeyValueStores {
  get(store: string, key: string): Promise<Uint8Array | undefined>;
  /** Returns after the value is durable (the transaction completed). */
  set(store: string, key: string, value: Uint8Array): Promise<void>;
  delete(store: string, key: string): Promise<void>;
  has(store: string, key: string): Promise<boolean>;
  /** In key order. */
  keys(store: string): Promise<string[]>;
  /**
   * Reads a value, and writes what `change` makes of it, in one read-write transaction: nothing comes between.
   * `change` returns the new value, or `undefined` to leave the old one; it must be synchronous.
   */
  update(store: string, key: string, change: (old: Uint8Array | undefined) => Uint8Array | undefined): Promise<void>;
  /**
   * Calls back after each change made anywhere on this application origin; deleting a missing key counts as one.
   * A listener must not throw. Returns the way to stop.
   */
  watch(listener: (change: { store: string; key: string }) => void): () => void;
}
