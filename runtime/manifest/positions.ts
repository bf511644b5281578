/**
 * Where each key and value of a TOML document stands. smol-toml gives values without places, and a message about a
 * value is worth little without its line; so the text is scanned once more, after smol-toml accepted it. The scan
 * knows TOML's structure only as far as it is needed to follow key paths, and takes any text without failing.
 */

/** Counted from 1; columns in UTF-16 code units. */
export interface Position {
  line: number;
  column: number;
}

/** Keys, and indices in arrays, from the root of the document. */
export type KeyPath = readonly (string | number)[];

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

type Found = (path: KeyPath, key: number, value: number, implied: boolean) => void;

/** Finds positions by key path. A path that the text does not spell out gives the place of what encloses it. */
export class PositionIndex {
  readonly #entries = new Map<string, Entry>();
  readonly #lineStarts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.#lineStarts.push(at + 1);
    new Scanner(text, (...found) => this.#add(...found)).document();
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

  #add(...[path, key, value, implied]: Parameters<Found>): void {
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

interface Key {
  name: string;
  offset: number;
}

const bareKey = /[A-Za-z0-9_-]+/y;
const blank = /[ \t]*/y;
const blankLines = /(?:[ \t\r\n]|#[^\n]*)*/y;
const scalar = /[^,\]}#\r\n]*/y;

class Scanner {
  readonly #text: string;
  readonly #found: Found;
  #at = 0;
  /** Number of elements of each array of tables, by path. */
  readonly #arrayTables = new Map<string, number>();

  constructor(text: string, found: Found) {
    this.#text = text;
    this.#found = found;
  }

  document(): void {
    let table: KeyPath = [];
    for (;;) {
      this.#skip(blankLines);
      if (this.#at >= this.#text.length) return;
      const before = this.#at;
      if (this.#text[this.#at] === "[") table = this.#header();
      else this.#pair(table);
      // Text that is no TOML is passed over by lines, so that the scan always ends.
      if (this.#at === before) this.#skipLine();
    }
  }

  #header(): KeyPath {
    const start = this.#at;
    const isArray = this.#text.startsWith("[[", this.#at);
    this.#at += isArray ? 2 : 1;
    const keys = this.#keys();
    let path: KeyPath = [];
    for (const [index, key] of keys.entries()) {
      path = [...path, key.name];
      const last = index === keys.length - 1;
      this.#found(path, key.offset, last ? start : key.offset, !last);
      const name = JSON.stringify(path);
      const count = this.#arrayTables.get(name);
      if (last && isArray) {
        path = [...path, count ?? 0];
        this.#arrayTables.set(name, (count ?? 0) + 1);
        this.#found(path, key.offset, start, false);
      } else if (count !== undefined) {
        path = [...path, count - 1];
      }
    }
    this.#skipLine();
    return path;
  }

  /** `key = value`, also inside inline tables. */
  #pair(table: KeyPath): void {
    const keys = this.#keys();
    this.#skip(blank);
    if (keys.length === 0 || this.#text[this.#at] !== "=") return;
    this.#at++;
    this.#skip(blank);
    let path = table;
    for (const [index, key] of keys.entries()) {
      path = [...path, key.name];
      const last = index === keys.length - 1;
      this.#found(path, key.offset, last ? this.#at : key.offset, !last);
    }
    this.#value(path);
  }

  #keys(): Key[] {
    const keys: Key[] = [];
    for (;;) {
      this.#skip(blank);
      const offset = this.#at;
      const quote = this.#text[offset];
      if (quote === '"' || quote === "'") {
        this.#string();
        keys.push({ name: unquoted(this.#text.slice(offset, this.#at)), offset });
      } else {
        this.#skip(bareKey);
        if (this.#at === offset) return keys;
        keys.push({ name: this.#text.slice(offset, this.#at), offset });
      }
      this.#skip(blank);
      if (this.#text[this.#at] !== ".") return keys;
      this.#at++;
    }
  }

  #value(path: KeyPath): void {
    const first = this.#text[this.#at];
    if (first === '"' || first === "'") this.#string();
    else if (first === "[") this.#list("]", (index) => this.#element([...path, index]));
    else if (first === "{") this.#list("}", () => this.#pair(path));
    else this.#skip(scalar);
  }

  #element(path: KeyPath): void {
    this.#found(path, this.#at, this.#at, false);
    this.#value(path);
  }

  #list(end: "]" | "}", item: (index: number) => void): void {
    this.#at++;
    for (let index = 0; ; index++) {
      this.#skip(blankLines);
      if (this.#at >= this.#text.length) return;
      if (this.#text[this.#at] === end) break;
      const before = this.#at;
      item(index);
      this.#skip(blankLines);
      if (this.#text[this.#at] === ",") this.#at++;
      else if (this.#text[this.#at] !== end && this.#at === before) return;
    }
    this.#at++;
  }

  /** Any of the four kinds of strings. */
  #string(): void {
    const quote = this.#text[this.#at] ?? "";
    const triple = quote.repeat(3);
    if (this.#text.startsWith(triple, this.#at)) {
      this.#at += 3;
      this.#until(triple, quote === '"');
      // Up to two quotes may stand before the closing three and belong to the value.
      while (this.#text[this.#at] === quote) this.#at++;
    } else {
      this.#at++;
      this.#until(quote, quote === '"');
    }
  }

  #until(end: string, escapes: boolean): void {
    while (this.#at < this.#text.length && !this.#text.startsWith(end, this.#at)) {
      this.#at += escapes && this.#text[this.#at] === "\\" ? 2 : 1;
    }
    this.#at = Math.min(this.#at + end.length, this.#text.length);
  }

  #skip(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    if (pattern.test(this.#text)) this.#at = pattern.lastIndex;
  }

  #skipLine(): void {
    const end = this.#text.indexOf("\n", this.#at);
    this.#at = end === -1 ? this.#text.length : end + 1;
  }
}

const shortEscapes: Record<string, string> = { b: "\b", t: "\t", n: "\n", f: "\f", r: "\r", e: "\u001b" };

/** The name that a quoted key spells. */
function unquoted(key: string): string {
  const inner = key.slice(1, -1);
  if (key.startsWith("'")) return inner;
  return inner.replace(
    /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|(.))/gs,
    (all, four, eight, two, one) => {
      const digits: unknown = four ?? eight ?? two;
      if (typeof digits === "string") {
        const point = Number.parseInt(digits, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : all;
      }
      return typeof one === "string" ? (shortEscapes[one] ?? one) : all;
    },
  );
}
