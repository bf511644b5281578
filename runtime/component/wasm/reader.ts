import { PlaygroundError } from "../../errors.ts";

/** A byte order mark is a part of the name. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads the WebAssembly binary format (core specification, chapter 5) from bytes. Every read is checked against the
 * end: bytes that stop early, or a number that is too long, fail with `component-invalid`.
 */
export class WasmReader {
  position: number;
  readonly bytes: Uint8Array;
  readonly end: number;

  constructor(bytes: Uint8Array, position = 0, end = bytes.length) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  get done(): boolean {
    return this.position >= this.end;
  }

  byte(): number {
    const value = this.position < this.end ? this.bytes[this.position] : undefined;
    if (value === undefined) throw truncated();
    this.position += 1;
    return value;
  }

  /** Unsigned LEB128 of at most 32 bits. */
  u32(): number {
    let result = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      result += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        if (result > 0xffffffff) break;
        return result;
      }
    }
    throw new PlaygroundError("component-invalid", "A number in the Wasm binary is longer than 32 bits.");
  }

  /** Signed LEB128 of at most 64 bits. */
  s64(): bigint {
    let result = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      result |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, byte & 0x40 ? result | (-1n << (shift + 7n)) : result);
    }
    throw new PlaygroundError("component-invalid", "A number in the Wasm binary is longer than 64 bits.");
  }

  s32(): number {
    return Number(BigInt.asIntN(32, this.s64()));
  }

  take(length: number): Uint8Array {
    if (length > this.end - this.position) throw truncated();
    const start = this.position;
    this.position += length;
    return this.bytes.subarray(start, this.position);
  }

  skip(length: number): void {
    this.take(length);
  }

  /** A length-prefixed UTF-8 name. */
  name(): string {
    const bytes = this.take(this.u32());
    try {
      return utf8.decode(bytes);
    } catch (cause) {
      throw new PlaygroundError("component-invalid", "A name in the Wasm binary is not UTF-8.", { cause });
    }
  }
}

function truncated(): PlaygroundError {
  return new PlaygroundError("component-invalid", "The Wasm binary ends in the middle of something.");
}
