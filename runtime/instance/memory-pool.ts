import type { MemoryImage } from "../component/prepared.ts";
import { occupiedPages, type Run } from "./occupied-pages.ts";

export interface PooledMemory {
  readonly memory: WebAssembly.Memory;
  /** Whether an earlier instance had it. */
  readonly isRecycled: boolean;
}

interface FreeMemory {
  memory: WebAssembly.Memory;
  initialPages: number;
  maximumPages: number;
}

/** Bytes of a page of linear memory (WebAssembly core specification). */
export const pageBytes = 65_536;

/** Memories kept for later instances; each holds its pages, 10 MB for a JavaScript component. */
const keptMemories = 4;

/**
 * Gives out memories that hold exactly the initial state of a component. What makes a new memory slow is not the copy but
 * the page faults of its first use; so the memory of an ended instance is used again, every byte of it written over. The
 * instance itself (globals, tables, handles) is never used again.
 */
export class MemoryPool {
  #free: FreeMemory[] = [];
  readonly #runs = new WeakMap<MemoryImage, Run[]>();

  /** A memory of `image.initialPages` that holds the image, and zeros after it. */
  take(image: MemoryImage, maximumPages: number): PooledMemory {
    const { initialPages } = image;
    const fitting = this.#free.findLastIndex(
      (free) => free.initialPages === initialPages && free.maximumPages === maximumPages,
    );
    const [recycled] = fitting < 0 ? [] : this.#free.splice(fitting, 1);
    const memory = recycled?.memory ?? new WebAssembly.Memory({ initial: initialPages, maximum: maximumPages });
    const bytes = new Uint8Array(memory.buffer);
    if (recycled) {
      bytes.set(image.bytes);
      bytes.fill(0, image.bytes.length);
    } else {
      for (const { start, end } of this.#occupied(image)) bytes.set(image.bytes.subarray(start, end), start);
    }
    return { memory, isRecycled: recycled !== undefined };
  }

  /**
   * Takes back the memory of an instance that ended well. One that grew is dropped: a memory cannot shrink, and a guest
   * can see its size. So is any that does not fit among those kept, the oldest first.
   */
  give(memory: WebAssembly.Memory, initialPages: number, maximumPages: number): void {
    if (memory.buffer.byteLength !== initialPages * pageBytes) return;
    this.#free = [...this.#free, { memory, initialPages, maximumPages }].slice(-keptMemories);
  }

  #occupied(image: MemoryImage): Run[] {
    const runs = this.#runs.get(image) ?? occupiedPages(image.bytes);
    this.#runs.set(image, runs);
    return runs;
  }
}
