import { aligned, type Codec, type CoreValue } from "./codec.ts";
import type { Guest } from "./guest.ts";

type RecordOf<Fields> = { [Name in keyof Fields]: Fields[Name] extends Codec<infer Value> ? Value : never };

/** A record; the fields in their order, named as in JavaScript. */
export function record<Fields extends Record<string, Codec<unknown>>>(fields: {
  [Name in keyof Fields]: Fields[Name];
}): Codec<RecordOf<Fields>> {
  let size = 0;
  let align = 1;
  let flat = 0;
  const placed = Object.entries(fields as Record<string, Codec<unknown>>).map(([name, codec]) => {
    const offset = aligned(size, codec.align);
    const field = { name, codec, offset, flat };
    size = offset + codec.size;
    align = Math.max(align, codec.align);
    flat += codec.flat;
    return field;
  });
  const collect = (read: (field: (typeof placed)[number]) => unknown): RecordOf<Fields> =>
    Object.fromEntries(placed.map((field) => [field.name, read(field)])) as RecordOf<Fields>;
  return {
    size: aligned(size, align),
    align,
    flat,
    load: (guest, at) => collect(({ codec, offset }) => codec.load(guest, at + offset)),
    store(guest, at, value) {
      for (const { name, codec, offset } of placed) {
        codec.store(guest, at + offset, (value as Record<string, unknown>)[name]);
      }
    },
    lift: (guest, values, at) => collect((field) => field.codec.lift(guest, values, at + field.flat)),
    free(guest, at) {
      for (const { codec, offset } of placed) codec.free(guest, at + offset);
    },
  };
}

/** A tuple of two, as an array. */
export function pair<First, Second>(first: Codec<First>, second: Codec<Second>): Codec<[First, Second]> {
  const both = record({ first, second });
  return {
    ...both,
    load(guest, at) {
      const value = both.load(guest, at);
      return [value.first, value.second];
    },
    store: (guest, at, value) => both.store(guest, at, { first: value[0], second: value[1] }),
    lift(guest, values, at) {
      const value = both.lift(guest, values, at);
      return [value.first, value.second];
    },
  };
}

/** A variant value; `val` is missing in cases that have none. */
export interface Variant {
  tag: string;
  val?: unknown;
}

/** A variant of fewer than 256 cases. As a core parameter it is none of Spin 1.0's: `lift` fails. */
export function variant(cases: readonly (readonly [tag: string, codec?: Codec<unknown>])[]): Codec<Variant> {
  const payloads = cases.map(([, codec]) => codec);
  const align = Math.max(1, ...payloads.map((codec) => codec?.align ?? 1));
  const offset = aligned(1, align);
  const index = new Map(cases.map(([tag], at) => [tag, at]));
  const chosen = (guest: Guest, at: number): number => {
    const number = guest.memory.u8(at);
    if (number >= cases.length) throw new Error("the guest gave the host a variant of a case that there is not");
    return number;
  };
  return {
    size: aligned(offset + Math.max(0, ...payloads.map((codec) => codec?.size ?? 0)), align),
    align,
    flat: 0,
    load(guest, at) {
      const number = chosen(guest, at);
      const [tag = ""] = cases[number] ?? [];
      const payload = payloads[number];
      return payload ? { tag, val: payload.load(guest, at + offset) } : { tag };
    },
    store(guest, at, { tag, val }) {
      const number = index.get(tag);
      if (number === undefined) throw new Error(`there is no case ${tag} in the variant`);
      guest.memory.setU8(at, number);
      payloads[number]?.store(guest, at + offset, val);
    },
    lift() {
      throw new Error("variants are no core parameters");
    },
    free: (guest, at) => payloads[chosen(guest, at)]?.free(guest, at + offset),
  };
}

/** An enum, as the name of its case. */
export function enumeration<Name extends string>(names: readonly Name[]): Codec<Name> {
  const named = (number: number): Name => {
    const name = names[number];
    if (name === undefined) throw new Error("the guest gave the host an enum of a case that there is not");
    return name;
  };
  return {
    size: 1,
    align: 1,
    flat: 1,
    load: (guest, at) => named(guest.memory.u8(at)),
    store(guest, at, value) {
      const number = names.indexOf(value);
      if (number < 0) throw new Error(`there is no case ${value} in the enum`);
      guest.memory.setU8(at, number);
    },
    lift: (_guest, values, at) => named(Number(values[at])),
    free: () => undefined,
  };
}

export function option<Value>(some: Codec<Value>): Codec<Value | undefined> {
  const offset = aligned(1, some.align);
  return {
    size: aligned(offset + some.size, some.align),
    align: some.align,
    flat: 1 + some.flat,
    load: (guest, at) => (guest.memory.u8(at) === 0 ? undefined : some.load(guest, at + offset)),
    store(guest, at, value) {
      guest.memory.setU8(at, value === undefined ? 0 : 1);
      if (value !== undefined) some.store(guest, at + offset, value);
    },
    lift: (guest, values: readonly CoreValue[], at) =>
      Number(values[at]) === 0 ? undefined : some.lift(guest, values, at + 1),
    free(guest, at) {
      if (guest.memory.u8(at) !== 0) some.free(guest, at + offset);
    },
  };
}

/** What a function returns: `{ tag: "ok", val }` or `{ tag: "err", val }`. */
export function result(ok: Codec<unknown> | undefined, err: Codec<unknown>): Codec<Variant> {
  return variant([ok === undefined ? ["ok"] : ["ok", ok], ["err", err]]);
}
