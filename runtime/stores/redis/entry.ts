import type { ByteString } from "./byte-string.ts";

/** The types of Redis that there are here, by the name that TYPE gives them, and how a value of each is kept. */
export interface Values {
  string: ByteString;
  hash: Map<ByteString, ByteString>;
  list: ByteString[];
  set: Set<ByteString>;
  /** Scores by member. */
  zset: Map<ByteString, number>;
}

export type ValueType = keyof Values;

/** What a key has, as it is stored. */
export type Entry = {
  [Type in ValueType]: {
    type: Type;
    value: Values[Type];
    /** Milliseconds since 1970; the key is gone from then on. */
    expiresAt?: number;
  };
}[ValueType];

/** An empty value of each type that begins as an empty one when it is first written to. */
export const emptyValues: { [Type in Exclude<ValueType, "string">]: () => Values[Type] } = {
  hash: () => new Map(),
  list: () => [],
  set: () => new Set(),
  zset: () => new Map(),
};

/** Bytes that count for each key and each element beside what is in them. */
const overhead = 16;

/** What a key and its value count towards the limits. */
export function entryBytes(key: ByteString, { type, value }: Entry): number {
  let bytes = key.length + overhead;
  if (type === "string") return bytes + value.length;
  if (type === "hash") for (const [field, text] of value) bytes += field.length + text.length + overhead;
  else if (type === "zset") for (const member of value.keys()) bytes += member.length + overhead;
  else for (const element of value) bytes += element.length + overhead;
  return bytes;
}

export function isEmpty({ type, value }: Entry): boolean {
  if (type === "string") return false;
  return (type === "list" ? value.length : value.size) === 0;
}
