/** Stores or connections that a guest of Spin 1 has open, by the number that it knows them by. */
export class Handles<Item> {
  readonly #open = new Map<number, Item>();
  #next = 0;

  /** How many are open. */
  get count(): number {
    return this.#open.size;
  }

  add(item: Item): number {
    this.#next += 1;
    this.#open.set(this.#next, item);
    return this.#next;
  }

  get(handle: number): Item | undefined {
    return this.#open.get(handle);
  }

  /** Takes it out. One that is not open is no error. */
  close(handle: number): Item | undefined {
    const item = this.#open.get(handle);
    this.#open.delete(handle);
    return item;
  }
}
