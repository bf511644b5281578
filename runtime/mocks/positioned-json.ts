/**
 * JSON with the place of every value, so that a rule that makes no sense can be shown where it is written. `JSON.parse`
 * has no places at all, and words its errors differently in each browser. RFC 8259; no comments, no trailing commas.
 */
export type JsonNode =
  | { kind: "object"; offset: number; members: JsonMember[] }
  | { kind: "array"; offset: number; items: JsonNode[] }
  | { kind: "scalar"; offset: number; value: string | number | boolean | null };

export interface JsonMember {
  key: string;
  /** Of the key's opening quote. */
  offset: number;
  value: JsonNode;
}

/** `offset` counts UTF-16 code units from the start of the text. */
export class JsonSyntaxError extends Error {
  override readonly name = "JsonSyntaxError";
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Reads a whole text. Throws `JsonSyntaxError`. */
export function parsePositionedJson(text: string): JsonNode {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

/** The plain value, as `JSON.parse` would give it. */
export function plainJson(node: JsonNode): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "array") return node.items.map(plainJson);
  // fromEntries makes own properties even of `__proto__`, as JSON.parse does.
  return Object.fromEntries(node.members.map(({ key, value }) => [key, plainJson(value)]));
}

const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// oxlint-disable-next-line no-control-regex -- RFC 8259: control characters must be escaped.
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const space = /[ \t\r\n]*/y;
const deepest = 200;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    // An editor may save one; JSON itself has none.
    if (text.startsWith("\uFEFF")) this.#at = 1;
  }

  value(depth: number): JsonNode {
    if (depth > deepest) this.#fail("the values are nested too deeply");
    this.#skipSpace();
    const offset = this.#at;
    const next = this.#text[offset];
    if (next === "{") return { kind: "object", offset, members: this.#list("}", () => this.#member(depth)) };
    if (next === "[") return { kind: "array", offset, items: this.#list("]", () => this.value(depth + 1)) };
    const token = next === '"' ? this.#string() : this.#match(scalar);
    if (token === undefined) this.#fail("expected a value");
    return { kind: "scalar", offset, value: JSON.parse(token) as string | number | boolean | null };
  }

  end(): void {
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail("expected the end of the file");
  }

  #member(depth: number): JsonMember {
    this.#skipSpace();
    const offset = this.#at;
    if (this.#text[offset] !== '"') this.#fail("expected a name in double quotes");
    const key = JSON.parse(this.#string()) as string;
    this.#skipSpace();
    if (!this.#take(":")) this.#fail("expected ':' after the name");
    return { key, offset, value: this.value(depth + 1) };
  }

  #list<T>(close: string, item: () => T): T[] {
    const items: T[] = [];
    this.#at += 1;
    this.#skipSpace();
    if (this.#take(close)) return items;
    do {
      items.push(item());
      this.#skipSpace();
    } while (this.#take(","));
    if (!this.#take(close)) this.#fail(`expected ',' or '${close}'`);
    return items;
  }

  #string(): string {
    const token = this.#match(string);
    if (token === undefined) this.#fail("the text in double quotes has no end, or a character that must be escaped");
    return token;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #take(character: string): boolean {
    const there = this.#text[this.#at] === character;
    if (there) this.#at += 1;
    return there;
  }

  #skipSpace(): void {
    this.#match(space);
  }

  #fail(message: string): never {
    throw new JsonSyntaxError(message, this.#at);
  }
}
