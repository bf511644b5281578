/**
 * The structure of a TOML text with the place of each part. smol-toml gives values without places and nothing at all for
 * a text with a fault; this one takes any text, also one that a person is in the middle of typing. It knows TOML only as
 * far as it must to follow keys and brackets: whether a text is valid is for smol-toml to say.
 */

/** Keys, and indices in arrays, from the root of the document. */
export type KeyPath = readonly (string | number)[];

/** A part of the text: offsets in UTF-16 code units, `end` behind the last. */
export interface TomlRange {
  start: number;
  end: number;
}

export interface TomlKey extends TomlRange {
  /** What the key spells: without quotes. */
  name: string;
}

export interface TomlValue extends TomlRange {
  kind: "string" | "array" | "table" | "scalar";
  path: KeyPath;
  /** Whether the closing quote or bracket is there. */
  closed: boolean;
  /** Of an array. */
  items: TomlValue[];
  /** Of an inline table. */
  pairs: TomlPair[];
}

/** `key = value`, or as much of it as there is. It ends behind its value, or what else is there. */
export interface TomlPair extends TomlRange {
  keys: TomlKey[];
  path: KeyPath;
  /** Offset of the `=`. */
  equals: number | undefined;
  value: TomlValue | undefined;
}

/** A header and the pairs below it. The first section of a document has no header; it is the root. */
export interface TomlSection extends TomlRange {
  header: (TomlRange & { keys: TomlKey[]; array: boolean; closed: boolean }) | undefined;
  path: KeyPath;
  pairs: TomlPair[];
}

/** The sections of a text in their order; the end of one is the start of the next. Never fails. */
export function readTomlTree(text: string): TomlSection[] {
  return new Scanner(text).document();
}

/** As deep as smol-toml goes; what nests deeper is passed over as if it were one word. */
const maximumDepth = 1_000;

const bareKey = /[A-Za-z0-9_-]+/y;
const blank = /[ \t]*/y;
const blankLines = /(?:[ \t\r\n]|#[^\n]*)*/y;
const scalar = /[^,\]}#\r\n]*/y;
/** At the start of a line inside an array or inline table: the bracket before it was never closed. */
const headerLine = /[ \t]*\[\[?[ \t]*(?!(?:true|false|inf|nan)\b)[A-Za-z_][^\]\n,]*\]\]?[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y;
const pairLine = /[ \t]*[A-Za-z0-9_-]+(?:[ \t]*\.[ \t]*[A-Za-z0-9_-]+)*[ \t]*=/y;

class Scanner {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  /** Number of elements of each array of tables, by path. */
  readonly #arrayTables = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  document(): TomlSection[] {
    let section: TomlSection = { header: undefined, path: [], pairs: [], start: 0, end: 0 };
    const sections = [section];
    for (;;) {
      this.#skip(blankLines);
      if (this.#at >= this.#text.length) break;
      if (this.#text[this.#at] === "[") {
        section.end = this.#at;
        section = this.#header();
        sections.push(section);
      } else {
        const pair = this.#pair(section.path);
        if (pair !== undefined) section.pairs.push(pair);
      }
      this.#skipLine();
    }
    section.end = this.#text.length;
    return sections;
  }

  #header(): TomlSection {
    const start = this.#at;
    const array = this.#text.startsWith("[[", start);
    this.#at += array ? 2 : 1;
    this.#skip(blank);
    const keys = this.#keys();
    this.#skip(blank);
    const close = array ? "]]" : "]";
    const closed = this.#text.startsWith(close, this.#at);
    // Of two closing brackets the second may still be to come.
    if (closed) this.#at += close.length;
    else if (this.#text[this.#at] === "]") this.#at++;
    const path: (string | number)[] = [];
    for (const [index, key] of keys.entries()) {
      path.push(key.name);
      const name = JSON.stringify(path);
      const count = this.#arrayTables.get(name);
      if (array && index === keys.length - 1) {
        this.#arrayTables.set(name, (count ?? 0) + 1);
        path.push(count ?? 0);
      } else if (count !== undefined) {
        path.push(count - 1);
      }
    }
    const header = { keys, array, closed, start, end: this.#at };
    return { header, path, pairs: [], start, end: this.#at };
  }

  /** Also inside inline tables. `undefined` where no key begins. */
  #pair(table: KeyPath): TomlPair | undefined {
    const start = this.#at;
    const keys = this.#keys();
    const last = keys.at(-1);
    if (last === undefined) return undefined;
    const path = [...table, ...keys.map(({ name }) => name)];
    const pair: TomlPair = { keys, path, equals: undefined, value: undefined, start, end: this.#at };
    this.#skip(blank);
    if (this.#text[this.#at] !== "=") {
      this.#at = pair.end;
      return pair;
    }
    pair.equals = this.#at++;
    pair.end = this.#at;
    this.#skip(blank);
    pair.value = this.#value(path);
    pair.end = pair.value?.end ?? pair.end;
    return pair;
  }

  /** Dotted keys. After a dot with no key behind it the last one is empty. */
  #keys(): TomlKey[] {
    const keys: TomlKey[] = [];
    for (;;) {
      if (keys.length > 0) this.#skip(blank);
      const start = this.#at;
      const quote = this.#text[start];
      if (quote === '"' || quote === "'") this.#string(false);
      else this.#skip(bareKey);
      const spelt = this.#text.slice(start, this.#at);
      if (spelt === "" && keys.length === 0) return keys;
      keys.push({ name: quote === '"' || quote === "'" ? unquoted(spelt) : spelt, start, end: this.#at });
      const end = this.#at;
      this.#skip(blank);
      if (this.#text[this.#at] !== ".") {
        this.#at = end;
        return keys;
      }
      this.#at++;
    }
  }

  #value(path: KeyPath): TomlValue | undefined {
    const start = this.#at;
    const first = this.#text[start];
    const value: TomlValue = { kind: "scalar", path, closed: true, items: [], pairs: [], start, end: start };
    if (first === '"' || first === "'") {
      value.kind = "string";
      value.closed = this.#string();
    } else if ((first === "[" || first === "{") && this.#depth < maximumDepth) {
      value.kind = first === "[" ? "array" : "table";
      this.#depth++;
      value.closed = first === "[" ? this.#items(value) : this.#pairs(value);
      this.#depth--;
    } else {
      this.#skip(scalar);
      this.#at = start + this.#text.slice(start, this.#at).trimEnd().length;
      if (this.#at === start) return undefined;
    }
    value.end = this.#at;
    return value;
  }

  #items(array: TomlValue): boolean {
    return this.#list("]", () => {
      const item = this.#value([...array.path, array.items.length]);
      if (item !== undefined) array.items.push(item);
    });
  }

  #pairs(table: TomlValue): boolean {
    return this.#list("}", () => {
      const pair = this.#pair(table.path);
      if (pair !== undefined) table.pairs.push(pair);
    });
  }

  /** Whether it was closed. Where it was not, it ends where the text goes on with something else. */
  #list(close: "]" | "}", item: () => void): boolean {
    this.#at++;
    let end = this.#at;
    let comma = true;
    for (;;) {
      const before = this.#at;
      this.#skip(blankLines);
      if (this.#goesOnOutside(before, close === "]" || !comma)) break;
      if (this.#at >= this.#text.length) break;
      const at = this.#at;
      if (this.#text[at] === close) {
        this.#at++;
        return true;
      }
      comma = this.#text[at] === ",";
      if (comma) this.#at++;
      else item();
      if (this.#at === at) break;
      end = this.#at;
    }
    this.#at = end;
    return false;
  }

  /** Whether what was skipped since `before` ended a line, and the next one belongs to no array or inline table. */
  #goesOnOutside(before: number, noPair: boolean): boolean {
    const lineEnd = this.#text.slice(before, this.#at).lastIndexOf("\n");
    if (lineEnd === -1) return false;
    const line = before + lineEnd + 1;
    return this.#is(headerLine, line) || (noPair && this.#is(pairLine, line));
  }

  /** Any of the four kinds of strings; whether it was closed. A key is none of the long ones. */
  #string(mayBeLong = true): boolean {
    const quote = this.#text[this.#at] ?? "";
    const triple = quote.repeat(3);
    const isLong = mayBeLong && this.#text.startsWith(triple, this.#at);
    const close = isLong ? triple : quote;
    this.#at += close.length;
    while (this.#at < this.#text.length && !this.#text.startsWith(close, this.#at)) {
      if (!isLong && (this.#text[this.#at] === "\n" || this.#text[this.#at] === "\r")) return false;
      const escapes = quote === '"' && this.#text[this.#at] === "\\" && this.#text[this.#at + 1] !== "\n";
      this.#at += escapes ? 2 : 1;
    }
    const closed = this.#at < this.#text.length;
    this.#at = Math.min(this.#at + close.length, this.#text.length);
    // Up to two quotes may stand before the closing three and belong to the value.
    if (isLong) while (this.#text[this.#at] === quote) this.#at++;
    return closed;
  }

  #is(pattern: RegExp, at: number): boolean {
    pattern.lastIndex = at;
    return pattern.test(this.#text);
  }

  #skip(pattern: RegExp): void {
    if (this.#is(pattern, this.#at)) this.#at = pattern.lastIndex;
  }

  #skipLine(): void {
    const end = this.#text.indexOf("\n", this.#at);
    this.#at = end === -1 ? this.#text.length : end + 1;
  }
}

const shortEscapes: Record<string, string> = { b: "\b", t: "\t", n: "\n", f: "\f", r: "\r", e: "\u001b" };

/** What a quoted key or a string of one line spells. */
export function unquoted(spelt: string): string {
  const quote = spelt.slice(0, 1);
  const inner = spelt.slice(1, spelt.length > 1 && spelt.endsWith(quote) ? -1 : undefined);
  if (quote === "'") return inner;
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
