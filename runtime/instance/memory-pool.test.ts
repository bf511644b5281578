import { expect, test } from "vitest";
import type { MemoryImage } from "../component/prepared.ts";
import { MemoryPool, pageBytes } from "./memory-pool.ts";

const image: MemoryImage = { module: "m", bytes: Uint8Array.of(1, 2, 3), initialPages: 2, globals: {} };
const bytesOf = (memory: WebAssembly.Memory): Uint8Array => new Uint8Array(memory.buffer);
const initial = Uint8Array.from({ length: 2 * pageBytes }, (_, index) => image.bytes[index] ?? 0);

test("a memory that was used comes back with every byte as it was at the start", () => {
  const pool = new MemoryPool();
  const first = pool.take(image, 10);
  expect(first.isRecycled).toBe(false);
  expect(bytesOf(first.memory)).toEqual(initial);
  bytesOf(first.memory).fill(0xff);
  pool.give(first.memory, 2, 10);
  const second = pool.take(image, 10);
  expect(second).toEqual({ memory: first.memory, isRecycled: true });
  expect(bytesOf(second.memory)).toEqual(initial);
  expect(pool.take(image, 10).memory).not.toBe(first.memory);
});

test("a memory that grew is not used again", () => {
  const pool = new MemoryPool();
  const { memory } = pool.take(image, 10);
  memory.grow(1);
  pool.give(memory, 2, 10);
  expect(pool.take(image, 10).isRecycled).toBe(false);
});

test("a memory goes only to a component that would have got the same one", () => {
  const pool = new MemoryPool();
  pool.give(pool.take(image, 10).memory, 2, 10);
  expect(pool.take(image, 11).isRecycled).toBe(false);
  expect(pool.take({ ...image, initialPages: 3 }, 10).isRecycled).toBe(false);
  expect(pool.take({ ...image, bytes: Uint8Array.of(9) }, 10).isRecycled).toBe(true);
});

test("few are kept, the newest", () => {
  const pool = new MemoryPool();
  const memories = Array.from({ length: 6 }, () => pool.take(image, 10).memory);
  for (const memory of memories) pool.give(memory, 2, 10);
  const again = Array.from({ length: 6 }, () => pool.take(image, 10));
  expect(again.filter(({ isRecycled }) => isRecycled).map(({ memory }) => memories.indexOf(memory))).toEqual([
    5, 4, 3, 2,
  ]);
});
