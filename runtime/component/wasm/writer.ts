const utf8 = new TextEncoder();

/** A piece of a binary: a number is one byte. */
export type Piece = number | Uint8Array;

/** Joins pieces into one buffer. Large buffers are copied once. */
export function concatenate(pieces: readonly Piece[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const piece of pieces) length += typeof piece === "number" ? 1 : piece.length;
  const result = new Uint8Array(length);
  let position = 0;
  for (const piece of pieces) {
    if (typeof piece === "number") result[position++] = piece;
    else {
      result.set(piece, position);
      position += piece.length;
    }
  }
  return result;
}

/** Unsigned LEB128. */
export function unsigned(value: number): Uint8Array {
  const bytes: number[] = [];
  do {
    const low = value % 128;
    value = Math.floor(value / 128);
    bytes.push(value > 0 ? low | 0x80 : low);
  } while (value > 0);
  return Uint8Array.from(bytes);
}

/** Signed LEB128. */
export function signed(value: number | bigint): Uint8Array {
  let rest = BigInt(value);
  const bytes: number[] = [];
  for (;;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const last = (rest === 0n && !(low & 0x40)) || (rest === -1n && (low & 0x40) !== 0);
    bytes.push(last ? low : low | 0x80);
    if (last) return Uint8Array.from(bytes);
  }
}

/** A length-prefixed UTF-8 name. */
export function name(text: string): Uint8Array {
  const bytes = utf8.encode(text);
  return concatenate([unsigned(bytes.length), bytes]);
}

/** A section: id, size, content. */
export function section(id: number, content: readonly Piece[]): Piece[] {
  let length = 0;
  for (const piece of content) length += typeof piece === "number" ? 1 : piece.length;
  return [id, unsigned(length), ...content];
}
