import { isToken } from "./wasi-http-types.ts";
import { WitError } from "./wit-error.ts";

/** Names are lower case; values are bytes. */
export type FieldEntry = [name: string, value: Uint8Array];

/** `wasi:http/types.header-error`. */
export type HeaderError = { tag: "invalid-syntax" | "forbidden" | "immutable" };

/** Fields of the connection, not of the message: a guest may not set them (Wasmtime's list, and so Spin's). */
const forbiddenNames = new Set([
  "connection",
  "host",
  "http2-settings",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
]);

/** Most bytes of names and values that a guest may put into one `fields`; beyond, Wasmtime traps, and so do we. */
const largestFields = 128 * 1024;

function headerError(tag: HeaderError["tag"]): WitError<HeaderError> {
  return new WitError({ tag });
}

function checkName(name: string): string {
  if (!isToken(name)) throw headerError("invalid-syntax");
  const lowerCase = name.toLowerCase();
  if (forbiddenNames.has(lowerCase)) throw headerError("forbidden");
  return lowerCase;
}

/** Field values are visible ASCII, space, tab and bytes from 0x80 (RFC 9110, 5.5). */
function checkValue(value: Uint8Array): void {
  for (const byte of value) if ((byte < 0x20 && byte !== 0x09) || byte === 0x7f) throw headerError("invalid-syntax");
}

/** What is left of a message from outside when a guest gets it as response or trailers (Wasmtime: the same list). */
export function withoutForbidden(entries: readonly FieldEntry[]): FieldEntry[] {
  return entries.filter(([name]) => !forbiddenNames.has(name.toLowerCase()));
}

/**
 * `wasi:http/types.fields`: headers or trailers, with as many values for a name as there are. As in Wasmtime, names become
 * lower case, and all values of a name stand together in the place of the first; their order is kept.
 */
export class Fields {
  #values = new Map<string, Uint8Array[]>();
  /** Bytes of names and values. */
  #size = 0;
  #immutable = false;

  /** Made by the guest: names and values are checked, `forbidden` ones refused. */
  static fromList(entries: readonly FieldEntry[]): Fields {
    const fields = new Fields();
    for (const [name, value] of entries) fields.append(name, value);
    return fields;
  }

  /** Made by the host, not checked: incoming messages may hold what a guest may not set. */
  static immutable(entries: readonly FieldEntry[]): Fields {
    const fields = new Fields();
    for (const [name, value] of entries) fields.#add(name.toLowerCase(), value);
    fields.#immutable = true;
    return fields;
  }

  /** The same fields as a resource of its own, which cannot change them. */
  view(): Fields {
    const fields = new Fields();
    fields.#values = this.#values;
    fields.#size = this.#size;
    fields.#immutable = true;
    return fields;
  }

  /** No values when there are none, or when the name is not one. */
  get(name: string): Uint8Array[] {
    return [...(this.#values.get(name.toLowerCase()) ?? [])];
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  /** Replaces every value of the name; an empty list removes it. */
  set(name: string, values: Uint8Array[]): void {
    const lowerCase = checkName(name);
    for (const value of values) checkValue(value);
    this.#checkMutable();
    this.#remove(lowerCase);
    for (const value of values) this.#add(lowerCase, value);
    this.#checkSize();
  }

  delete(name: string): void {
    const lowerCase = checkName(name);
    this.#checkMutable();
    this.#remove(lowerCase);
  }

  append(name: string, value: Uint8Array): void {
    const lowerCase = checkName(name);
    checkValue(value);
    this.#checkMutable();
    this.#add(lowerCase, value);
    this.#checkSize();
  }

  entries(): FieldEntry[] {
    return [...this.#values].flatMap(([name, values]) => values.map((value): FieldEntry => [name, value]));
  }

  /** The same by the name of WASI 0.3. */
  copyAll(): FieldEntry[] {
    return this.entries();
  }

  /** WASI 0.3. */
  getAndDelete(name: string): Uint8Array[] {
    const values = this.get(name);
    this.delete(name);
    return values;
  }

  /** A mutable copy. */
  clone(): Fields {
    const copy = new Fields();
    for (const [name, values] of this.#values) copy.#values.set(name, [...values]);
    copy.#size = this.#size;
    return copy;
  }

  #add(lowerCase: string, value: Uint8Array): void {
    const values = this.#values.get(lowerCase);
    if (values === undefined) this.#values.set(lowerCase, [value]);
    else values.push(value);
    this.#size += value.length + (values === undefined ? lowerCase.length : 0);
  }

  #remove(lowerCase: string): void {
    const values = this.#values.get(lowerCase);
    if (values === undefined) return;
    this.#values.delete(lowerCase);
    this.#size -= values.reduce((sum, value) => sum + value.length, lowerCase.length);
  }

  #checkMutable(): void {
    if (this.#immutable) throw headerError("immutable");
  }

  #checkSize(): void {
    if (this.#size > largestFields) throw new Error(`fields of ${this.#size} bytes, the limit is ${largestFields}`);
  }
}

/**
 * Header values between bytes and the strings of `Headers`, which are byte strings: one character for each byte
 * (isomorphic encoding of the Fetch standard). UTF-8 inside of a value survives both ways.
 */
export function fieldValueToByteString(value: Uint8Array): string {
  let text = "";
  for (const byte of value) text += String.fromCharCode(byte);
  return text;
}

/** The bytes of a byte string; a character above U+00FF, which `Headers` never gives, makes the whole value UTF-8. */
export function fieldValueFromByteString(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0xff) return new TextEncoder().encode(text);
    bytes[index] = code;
  }
  return bytes;
}
