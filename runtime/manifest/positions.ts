/** Where each key and value of a TOML document stands: a message about a value is worth little without its line. */
import { type KeyPath, readTomlTree, type TomlPair, type TomlSection, type TomlValue } from "./toml-tree.ts";

/** Counted from 1; columns in UTF-16 code units. */
export interface Position {
  line: number;
  column: number;
}

export type { KeyPath } from "./toml-tree.ts";

/** No manifest nests deeper; what does is found at its ancestor, so that absurd nesting costs nothing. */
const maximumDepth = 32;

interface Entry {
  /** Offset of the key's own (last) part; for an array element, of the element. */
  key: number;
  /** Offset of the value; for a table, of the `[` of its header. */
  value: number;
  /** The text mentions it only on the way to something inside it, as `[a.b]` mentions `a`. */
  implied: boolean;
}

/** Finds positions by key path. A path that the text does not spell out gives the place of what encloses it. */
export class PositionIndex {
  readonly #entries = new Map<string, Entry>();
  readonly #lineStarts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.#lineStarts.push(at + 1);
    for (const section of readTomlTree(text)) this.#addSection(section);
  }

  has(path: KeyPath): boolean {
    return this.#entries.has(JSON.stringify(path));
  }

  key(path: KeyPath): Position {
    return this.#position(this.#nearest(path).key);
  }

  value(path: KeyPath): Position {
    return this.#position(this.#nearest(path).value);
  }

  #addSection({ header, path, pairs, start }: TomlSection): void {
    let length = 0;
    for (const [index, key] of (header?.keys ?? []).entries()) {
      const last = index === (header?.keys.length ?? 0) - 1;
      length++;
      this.#add(path.slice(0, length), key.start, last ? start : key.start, !last);
      if (typeof path[length] !== "number") continue;
      length++;
      if (last) this.#add(path, key.start, start, false);
    }
    for (const pair of pairs) this.#addPair(pair);
  }

  #addPair({ keys, path, equals, value, end }: TomlPair): void {
    if (equals === undefined) return;
    const table = path.length - keys.length;
    for (const [index, key] of keys.entries()) {
      const last = index === keys.length - 1;
      this.#add(path.slice(0, table + index + 1), key.start, last ? (value?.start ?? end) : key.start, !last);
    }
    if (value !== undefined) this.#addInside(value);
  }

  #addInside({ items, pairs }: TomlValue): void {
    for (const item of items) {
      this.#add(item.path, item.start, item.start, false);
      this.#addInside(item);
    }
    for (const pair of pairs) this.#addPair(pair);
  }

  #add(path: KeyPath, key: number, value: number, implied: boolean): void {
    if (path.length > maximumDepth) return;
    const name = JSON.stringify(path);
    const known = this.#entries.get(name);
    if (known === undefined || (known.implied && !implied)) this.#entries.set(name, { key, value, implied });
  }

  #nearest(path: KeyPath): Entry {
    for (let length = Math.min(path.length, maximumDepth); length > 0; length--) {
      const entry = this.#entries.get(JSON.stringify(path.slice(0, length)));
      if (entry !== undefined) return entry;
    }
    return { key: 0, value: 0, implied: true };
  }

  #position(offset: number): Position {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }
}
