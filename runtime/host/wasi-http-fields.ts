import { isToken } from "./wasi-http-types.ts";
import { WitError } from "./wit-error.ts";

/** Names keep the case they were given in and are compared without it; values are bytes. */
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

function headerError(tag: HeaderError["tag"]): WitError<HeaderError> {
  return new WitError({ tag });
}

function checkName(name: string): void {
  if (!isToken(name)) throw headerError("invalid-syntax");
  if (forbiddenNames.has(name.toLowerCase())) throw headerError("forbidden");
}

/** Field values are visible ASCII, space, tab and bytes from 0x80 (RFC 9110, 5.5). */
function checkValue(value: Uint8Array): void {
  for (const byte of value) if ((byte < 0x20 && byte !== 0x09) || byte === 0x7f) throw headerError("invalid-syntax");
}

/** `wasi:http/types.fields`: headers or trailers, in order, with as many values for a name as there are. */
export class Fields {
  #entries: FieldEntry[] = [];
  #immutable = false;

  /** Made by the guest: names and values are checked, `forbidden` ones refused. */
  static fromList(entries: FieldEntry[]): Fields {
    const fields = new Fields();
    for (const [name, value] of entries) fields.append(name, value);
    return fields;
  }

  /** Made by the host, not checked: incoming messages may hold what a guest may not set. */
  static immutable(entries: FieldEntry[]): Fields {
    const fields = new Fields();
    fields.#entries = entries;
    fields.#immutable = true;
    return fields;
  }

  /** No values when there are none, or when the name is not one. */
  get(name: string): Uint8Array[] {
    const wanted = name.toLowerCase();
    return this.#entries.filter((entry) => entry[0].toLowerCase() === wanted).map((entry) => entry[1]);
  }

  has(name: string): boolean {
    const wanted = name.toLowerCase();
    return this.#entries.some((entry) => entry[0].toLowerCase() === wanted);
  }

  /** Replaces every value of the name; an empty list removes it. */
  set(name: string, values: Uint8Array[]): void {
    checkName(name);
    for (const value of values) checkValue(value);
    this.#checkMutable();
    this.#remove(name);
    for (const value of values) this.#entries.push([name, value]);
  }

  delete(name: string): void {
    checkName(name);
    this.#checkMutable();
    this.#remove(name);
  }

  append(name: string, value: Uint8Array): void {
    checkName(name);
    checkValue(value);
    this.#checkMutable();
    this.#entries.push([name, value]);
  }

  entries(): FieldEntry[] {
    return [...this.#entries];
  }

  /** A mutable copy. */
  clone(): Fields {
    const copy = new Fields();
    copy.#entries = this.entries();
    return copy;
  }

  #remove(name: string): void {
    const unwanted = name.toLowerCase();
    this.#entries = this.#entries.filter((entry) => entry[0].toLowerCase() !== unwanted);
  }

  #checkMutable(): void {
    if (this.#immutable) throw headerError("immutable");
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
