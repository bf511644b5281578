/** A program's memory, as host functions read and write it. Numbers are little-endian. */
export class GuestMemory {
  readonly #buffer: () => ArrayBuffer;

  /** @param buffer Asked at each access: the buffer is another one after the memory has grown. */
  constructor(buffer: () => ArrayBuffer) {
    this.#buffer = buffer;
  }

  /** A view of the memory itself. */
  bytes(start: number, length: number): Uint8Array {
    return new Uint8Array(this.#buffer(), start, length);
  }

  text(start: number, length: number): string {
    return new TextDecoder().decode(this.bytes(start, length));
  }

  setByte(address: number, value: number): void {
    this.#view().setUint8(address, value);
  }

  setU32(address: number, value: number): void {
    this.#view().setUint32(address, value, true);
  }

  setU64(address: number, value: bigint): void {
    this.#view().setBigUint64(address, value, true);
  }

  /** The buffers of a list of `iovec`: address and length of each, 32 bits both. */
  vectors(start: number, count: number): Uint8Array[] {
    const view = this.#view();
    return Array.from({ length: count }, (_, index) => {
      const entry = start + 8 * index;
      return this.bytes(view.getUint32(entry, true), view.getUint32(entry + 4, true));
    });
  }

  /** Writes strings one after the other, and the address of each into a list. */
  writeList(strings: readonly Uint8Array[], pointers: number, start: number): void {
    let address = start;
    strings.forEach((bytes, index) => {
      this.setU32(pointers + 4 * index, address);
      this.bytes(address, bytes.length).set(bytes);
      address += bytes.length;
    });
  }

  #view(): DataView {
    return new DataView(this.#buffer());
  }
}
