const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * The linear memory of a core module, as its host reads and writes it: little-endian, every access checked. An address
 * that the guest made up ends it with a trap. Addresses and lengths come out of Wasm as signed numbers.
 */
export class GuestMemory {
  #memory: WebAssembly.Memory | undefined;
  #view = new DataView(new ArrayBuffer());

  /** The instance is there, and this is its memory; its imports are made before it. */
  attach(memory: WebAssembly.Memory): void {
    this.#memory = memory;
  }

  /** Bytes that it has now. */
  get size(): number {
    return this.#buffer.byteLength;
  }

  /** Its bytes themselves, until the guest runs again: growing detaches them. */
  bytes(address: number, length: number): Uint8Array<ArrayBuffer> {
    const [start, count] = [address >>> 0, length >>> 0];
    if (start + count > this.size) throw outOfBounds();
    return new Uint8Array(this.#buffer, start, count);
  }

  copy(address: number, length: number): Uint8Array<ArrayBuffer> {
    return this.bytes(address, length).slice();
  }

  /** UTF-8; what is none becomes U+FFFD. */
  text(address: number, length: number): string {
    return decoder.decode(this.bytes(address, length));
  }

  write(address: number, bytes: Uint8Array): void {
    this.bytes(address, bytes.length).set(bytes);
  }

  u8(address: number): number {
    return this.#at(address, 1).getUint8(address >>> 0);
  }

  u16(address: number): number {
    return this.#at(address, 2).getUint16(address >>> 0, true);
  }

  u32(address: number): number {
    return this.#at(address, 4).getUint32(address >>> 0, true);
  }

  u64(address: number): bigint {
    return this.#at(address, 8).getBigUint64(address >>> 0, true);
  }

  f32(address: number): number {
    return this.#at(address, 4).getFloat32(address >>> 0, true);
  }

  f64(address: number): number {
    return this.#at(address, 8).getFloat64(address >>> 0, true);
  }

  setU8(address: number, value: number): void {
    this.#at(address, 1).setUint8(address >>> 0, value);
  }

  setU16(address: number, value: number): void {
    this.#at(address, 2).setUint16(address >>> 0, value, true);
  }

  setU32(address: number, value: number): void {
    this.#at(address, 4).setUint32(address >>> 0, value, true);
  }

  setU64(address: number, value: bigint): void {
    this.#at(address, 8).setBigUint64(address >>> 0, value, true);
  }

  setF32(address: number, value: number): void {
    this.#at(address, 4).setFloat32(address >>> 0, value, true);
  }

  setF64(address: number, value: number): void {
    this.#at(address, 8).setFloat64(address >>> 0, value, true);
  }

  get #buffer(): ArrayBuffer {
    // A start function runs while the instance is made.
    if (!this.#memory) throw new Error("the guest called the host before its instance was there");
    return this.#memory.buffer;
  }

  /** The view of the memory as it is now, once the access was checked. */
  #at(address: number, length: number): DataView {
    const buffer = this.#buffer;
    if (this.#view.buffer !== buffer) this.#view = new DataView(buffer);
    if ((address >>> 0) + length > this.#view.byteLength) throw outOfBounds();
    return this.#view;
  }
}

export const utf8Bytes = (text: string): Uint8Array => encoder.encode(text);

function outOfBounds(): Error {
  return new Error("the guest gave the host an address outside of its memory");
}
