/** Bytes that are written to storage together: some pages of SQLite, which are 4 KiB by default. */
export const blockSize = 16 * 1024;

/** A file in memory that knows which of its blocks were changed since they were last stored. */
export class BlockFile {
  readonly #blocks: Uint8Array[] = [];
  readonly #changed = new Set<number>();
  #size = 0;
  #isSizeChanged = false;

  get size(): number {
    return this.#size;
  }

  get isChanged(): boolean {
    return this.#isSizeChanged || this.#changed.size > 0;
  }

  /** Fills `into` from `offset` on. Returns how many bytes there were; the rest of `into` is left as it is. */
  read(into: Uint8Array, offset: number): number {
    const length = Math.max(0, Math.min(into.length, this.#size - offset));
    for (const { block, start, end, at } of pieces(offset, length)) {
      into.set(this.#block(block).subarray(start, end), at);
    }
    return length;
  }

  /** A gap between the old end and `offset` is filled with zeros. */
  write(bytes: Uint8Array, offset: number): void {
    this.#resize(Math.max(this.#size, offset + bytes.length));
    for (const { block, start, end, at } of pieces(offset, bytes.length)) {
      this.#block(block).set(bytes.subarray(at, at + end - start), start);
      this.#changed.add(block);
    }
  }

  /** Cuts the file off; one that is shorter already stays as it is. */
  truncate(size: number): void {
    if (size >= this.#size) return;
    this.#resize(size);
    const rest = size % blockSize;
    // What lies behind the end must be zero if the file grows again.
    if (rest === 0) return;
    const last = Math.floor(size / blockSize);
    this.#block(last).fill(0, rest);
    this.#changed.add(last);
  }

  /** Takes what the storage has in place of everything. */
  load(blocks: readonly Uint8Array[], size: number): void {
    this.#blocks.splice(0, Infinity, ...blocks);
    this.#size = size;
    this.#saved();
  }

  /** A copy of what to store, each block with its number; `blocks` is how many there are. From here on it counts as stored. */
  takeChanges(): { size: number; blocks: number; changed: [number, Uint8Array][] } {
    const changed = [...this.#changed]
      .filter((block) => block < this.#blocks.length)
      .map((block): [number, Uint8Array] => [block, this.#block(block).slice()]);
    this.#saved();
    return { size: this.#size, blocks: this.#blocks.length, changed };
  }

  #saved(): void {
    this.#changed.clear();
    this.#isSizeChanged = false;
  }

  #resize(size: number): void {
    if (size === this.#size) return;
    const count = Math.ceil(size / blockSize);
    this.#blocks.length = Math.min(count, this.#blocks.length);
    while (this.#blocks.length < count) {
      this.#changed.add(this.#blocks.length);
      this.#blocks.push(new Uint8Array(blockSize));
    }
    this.#size = size;
    this.#isSizeChanged = true;
  }

  #block(index: number): Uint8Array {
    const block = this.#blocks[index];
    if (!block) throw new RangeError(`The file has no block ${index}.`);
    return block;
  }
}

interface Piece {
  block: number;
  /** Within the block. */
  start: number;
  end: number;
  /** Within the bytes that are read or written. */
  at: number;
}

function* pieces(offset: number, length: number): Iterable<Piece> {
  for (let at = 0; at < length;) {
    const block = Math.floor((offset + at) / blockSize);
    const start = (offset + at) % blockSize;
    const end = Math.min(blockSize, start + length - at);
    yield { block, start, end, at };
    at += end - start;
  }
}
