/** Big-endian bytes, as the Postgres protocol has them. */
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Writer {
  readonly #parts: Uint8Array[] = [];

  int8(value: number): this {
    return this.#put(1, (view) => view.setInt8(0, value));
  }

  int16(value: number): this {
    return this.#put(2, (view) => view.setInt16(0, value));
  }

  int32(value: number): this {
    return this.#put(4, (view) => view.setInt32(0, value));
  }

  int64(value: bigint): this {
    return this.#put(8, (view) => view.setBigInt64(0, value));
  }

  float32(value: number): this {
    return this.#put(4, (view) => view.setFloat32(0, value));
  }

  float64(value: number): this {
    return this.#put(8, (view) => view.setFloat64(0, value));
  }

  text(value: string): this {
    return this.bytes(encoder.encode(value));
  }

  /** With its zero at the end. A text with a zero in it ends there, and Postgres complains of the rest. */
  cString(value: string): this {
    return this.text(value).int8(0);
  }

  bytes(value: Uint8Array): this {
    this.#parts.push(value);
    return this;
  }

  /** The bytes after their number, or -1 for a null. */
  sized(value: Uint8Array | undefined): this {
    return value === undefined ? this.int32(-1) : this.int32(value.byteLength).bytes(value);
  }

  get done(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.#parts.reduce((length, part) => length + part.byteLength, 0));
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.byteLength;
    }
    return all;
  }

  #put(length: number, set: (view: DataView) => void): this {
    const bytes = new Uint8Array(length);
    set(new DataView(bytes.buffer));
    return this.bytes(bytes);
  }
}

/** Reads from the front. Fails with a `RangeError` behind the end. */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.byteLength - this.#at;
  }

  int8(): number {
    return this.#view.getInt8(this.#step(1));
  }

  int16(): number {
    return this.#view.getInt16(this.#step(2));
  }

  uint16(): number {
    return this.#view.getUint16(this.#step(2));
  }

  int32(): number {
    return this.#view.getInt32(this.#step(4));
  }

  uint32(): number {
    return this.#view.getUint32(this.#step(4));
  }

  int64(): bigint {
    return this.#view.getBigInt64(this.#step(8));
  }

  float32(): number {
    return this.#view.getFloat32(this.#step(4));
  }

  float64(): number {
    return this.#view.getFloat64(this.#step(8));
  }

  /** A view, not a copy. */
  bytes(length: number): Uint8Array {
    if (length > this.left) throw new RangeError(`There are ${this.left} bytes left, not ${length}.`);
    const from = this.#step(length);
    return this.#bytes.subarray(from, from + length);
  }

  rest(): Uint8Array {
    return this.bytes(this.left);
  }

  restText(): string {
    return decoder.decode(this.rest());
  }

  cString(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end < 0) throw new RangeError("A text has no end.");
    const text = decoder.decode(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }

  /** What `Writer.sized` wrote. */
  sized(): Uint8Array | undefined {
    const length = this.int32();
    return length < 0 ? undefined : this.bytes(length);
  }

  #step(length: number): number {
    const from = this.#at;
    this.#at += length;
    return from;
  }
}
