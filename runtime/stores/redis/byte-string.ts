/**
 * Bytes as a string with one character for each byte (U+0000 to U+00FF). Keys and values of Redis are any bytes; in this
 * form they can be keys of a `Map` and of IndexedDB, are ordered by their bytes, and take one byte each in memory.
 */
export type ByteString = string;

/** As many arguments as a call of a function surely takes. */
const chunkLength = 8192;

export function toByteString(bytes: Uint8Array): ByteString {
  let text = "";
  for (let start = 0; start < bytes.length; start += chunkLength) {
    text += String.fromCharCode(...bytes.subarray(start, start + chunkLength));
  }
  return text;
}

export function toBytes(text: ByteString): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** The UTF-8 bytes of a text. */
export function fromText(text: string): ByteString {
  return toByteString(new TextEncoder().encode(text));
}

/** The text that the bytes are in UTF-8, for messages: what is none shows as U+FFFD. */
export function toText(bytes: ByteString): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(toBytes(bytes));
}

/** The order of Redis: by bytes, a shorter string before one that it begins. */
export function compareBytes(a: ByteString, b: ByteString): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
