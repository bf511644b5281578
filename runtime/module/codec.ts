import { utf8Bytes } from "../host/guest-memory.ts";
import type { Guest } from "./guest.ts";

/**
 * A type of the canonical ABI as Spin 1.0 has it (wit-bindgen 0.2; layouts are those of components today): how a value lies
 * in memory, and how it is spread over the parameters of a core function. Values are as jco has them: records are objects,
 * variants `{ tag, val }`, enums their case, an option is a value or `undefined`, `list<u8>` a `Uint8Array`.
 */
export interface Codec<Value> {
  /** Bytes in memory, and to what its address is aligned. */
  readonly size: number;
  readonly align: number;
  /** Core parameters that it takes. */
  readonly flat: number;
  load(guest: Guest, at: number): Value;
  store(guest: Guest, at: number, value: Value): void;
  /** Takes it out of core parameters, from `at` on. */
  lift(guest: Guest, flat: readonly CoreValue[], at: number): Value;
  /** Gives back to the guest what the value holds on to: the strings and lists in it. */
  free(guest: Guest, at: number): void;
}

export type CoreValue = number | bigint;
export type ValueOf<C> = C extends Codec<infer Value> ? Value : never;

const nothing = (): void => undefined;

function number(
  size: number,
  load: (guest: Guest, at: number) => number,
  store: Codec<number>["store"],
): Codec<number> {
  // Of the same type as its core parameter, which has no bits beyond its own.
  const lift = (_guest: Guest, flat: readonly CoreValue[], at: number): number => Number(flat[at]);
  return { size, align: size, flat: 1, load, store, lift, free: nothing };
}

function integer(bytes: 1 | 2 | 4, signed: boolean): Codec<number> {
  const bits = bytes * 8;
  const wrap = (value: number): number =>
    Number(signed ? BigInt.asIntN(bits, BigInt(value)) : BigInt.asUintN(bits, BigInt(value)));
  const codec = number(
    bytes,
    ({ memory }, at) => wrap(bytes === 1 ? memory.u8(at) : bytes === 2 ? memory.u16(at) : memory.u32(at)),
    ({ memory }, at, value) => {
      if (bytes === 1) memory.setU8(at, value);
      else if (bytes === 2) memory.setU16(at, value);
      else memory.setU32(at, value);
    },
  );
  return { ...codec, lift: (_guest, flat, at) => wrap(Number(flat[at])) };
}

function long(signed: boolean): Codec<bigint> {
  const wrap = (value: bigint): bigint => (signed ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value));
  return {
    size: 8,
    align: 8,
    flat: 1,
    load: ({ memory }, at) => wrap(memory.u64(at)),
    store: ({ memory }, at, value) => memory.setU64(at, value),
    lift: (_guest, flat, at) => wrap(BigInt(flat[at] ?? 0)),
    free: nothing,
  };
}

export const u8 = integer(1, false);
export const s8 = integer(1, true);
export const u16 = integer(2, false);
export const s16 = integer(2, true);
export const u32 = integer(4, false);
export const s32 = integer(4, true);
export const u64 = long(false);
export const s64 = long(true);
export const f32 = number(
  4,
  ({ memory }, at) => memory.f32(at),
  ({ memory }, at, value) => memory.setF32(at, value),
);
export const f64 = number(
  8,
  ({ memory }, at) => memory.f64(at),
  ({ memory }, at, value) => memory.setF64(at, value),
);
export const bool: Codec<boolean> = {
  ...u8,
  load: (guest, at) => u8.load(guest, at) !== 0,
  store: (guest, at, value) => u8.store(guest, at, value ? 1 : 0),
  lift: (_guest, flat, at) => flat[at] !== 0,
};

/** A value that lies elsewhere in memory: an address and a number of elements. */
export interface PointedCodec<Value> extends Codec<Value> {
  /** Puts it into memory of the guest, which owns it from now on. */
  give(guest: Guest, value: Value): [address: number, count: number];
}

/** `elementSize`: bytes of each element. */
function pointed<Value>(
  elementSize: number,
  align: number,
  read: (guest: Guest, address: number, count: number) => Value,
  give: PointedCodec<Value>["give"],
  freeElements: (guest: Guest, address: number, count: number) => void = nothing,
): PointedCodec<Value> {
  return {
    give,
    size: 8,
    align: 4,
    flat: 2,
    load: (guest, at) => read(guest, guest.memory.u32(at), guest.memory.u32(at + 4)),
    store(guest, at, value) {
      const [address, count] = give(guest, value);
      guest.memory.setU32(at, address);
      guest.memory.setU32(at + 4, count);
    },
    lift: (guest, flat, at) => read(guest, Number(flat[at]) >>> 0, Number(flat[at + 1]) >>> 0),
    free(guest, at) {
      const [address, count] = [guest.memory.u32(at), guest.memory.u32(at + 4)];
      freeElements(guest, address, count);
      guest.free(address, count * elementSize, align);
    },
  };
}

export const bytes: PointedCodec<Uint8Array> = pointed(
  1,
  1,
  (guest, address, count) => guest.take(address, count).slice(),
  (guest, value) => [guest.give(value), value.length],
);

const decoder = new TextDecoder("utf-8", { fatal: true });

/** UTF-8; anything else traps, as in Spin. */
export const string: PointedCodec<string> = pointed(
  1,
  1,
  (guest, address, count) => decoder.decode(guest.take(address, count)),
  (guest, value) => {
    const encoded = utf8Bytes(value);
    return [guest.give(encoded), encoded.length];
  },
);

export function list<Value>(element: Codec<Value>): PointedCodec<Value[]> {
  const { size, align } = element;
  return pointed(
    size,
    align,
    (guest, address, count) => {
      guest.takeElements(address, count, size);
      return Array.from({ length: count }, (_, index) => element.load(guest, address + index * size));
    },
    (guest, values) => {
      const address = guest.allocate(values.length * size, align);
      for (const [index, value] of values.entries()) element.store(guest, address + index * size, value);
      return [address, values.length];
    },
    (guest, address, count) => {
      for (let index = 0; index < count; index++) element.free(guest, address + index * size);
    },
  );
}

/** Rounds an address up to what a type is aligned to. */
export function aligned(at: number, align: number): number {
  return Math.ceil(at / align) * align;
}
