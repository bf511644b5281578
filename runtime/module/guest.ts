import { invariant } from "../errors.ts";
import { GuestMemory } from "../host/guest-memory.ts";

type CoreFunction = (...values: number[]) => number;

/** Elements of lists that the guest may give in one call: each becomes a value here, which takes more than it does there. */
const mostElements = 1_000_000;

/**
 * A core module as its host deals with it: its memory, and, for one of Spin 1.0, the two exports by which the host gives it
 * memory and takes it back.
 */
export class Guest {
  readonly memory = new GuestMemory();
  #exports: WebAssembly.Exports | undefined;
  #taken = 0;
  #elements = 0;

  /** The instance is there; its imports are made before it. */
  attach({ exports }: WebAssembly.Instance): void {
    this.#exports = exports;
    this.memory.attach(exports["memory"] as WebAssembly.Memory);
  }

  /** A call begins: what is taken counts from here. */
  begin(): void {
    this.#taken = 0;
    this.#elements = 0;
  }

  /**
   * Bytes that the guest points to. In one call it may point to as many as it has, counted as often as it does: with lists
   * of lists that are all the same a small memory would become a value of any size.
   */
  take(address: number, length: number): Uint8Array {
    this.#taken += length;
    if (this.#taken > this.memory.size) throw new Error("the guest gave the host more than it has, by pointing twice");
    return length === 0 ? new Uint8Array() : this.memory.bytes(address, length);
  }

  /** As many elements of a list, of `size` bytes each. */
  takeElements(address: number, count: number, size: number): void {
    this.#elements += count;
    if (this.#elements > mostElements) {
      throw new Error(`the guest gave the host lists of more than ${mostElements} elements`);
    }
    this.take(address, count * size);
  }

  /** Address of a copy that the guest owns from now on. */
  give(bytes: Uint8Array): number {
    const address = this.allocate(bytes.length, 1);
    this.memory.write(address, bytes);
    return address;
  }

  /** Memory of the guest; for no bytes the alignment, an address that is valid and not looked at. */
  allocate(size: number, align: number): number {
    if (size === 0) return align;
    const address = this.#function("canonical_abi_realloc")(0, 0, align, size) >>> 0;
    this.memory.bytes(address, size);
    return address;
  }

  free(address: number, size: number, align: number): void {
    if (size > 0) this.#function("canonical_abi_free")(address, size, align);
  }

  #function(name: string): CoreFunction {
    const found = this.#exports?.[name];
    invariant(typeof found === "function", `The module has no ${name} when it is called.`);
    return found as CoreFunction;
  }
}
