/** Ranges and arrays in the binary format of Postgres, around values of any type. */
import { Reader, Writer } from "./bytes.ts";
import type { Range } from "./values.ts";

const isEmpty = 0x01;
const lowerInclusive = 0x02;
const upperInclusive = 0x04;
const lowerInfinite = 0x08;
const upperInfinite = 0x10;

/**
 * A range whose lower bound is above the upper one is the empty one, as in Spin; what else is empty Postgres sees itself.
 *
 * @param compare as for `sort`
 */
export function encodeRange<T>(
  [lower, upper]: Range<T>,
  encode: (value: T) => Uint8Array,
  compare: (a: T, b: T) => number,
): Uint8Array {
  if (lower && upper && compare(lower[0], upper[0]) > 0) return new Writer().int8(isEmpty).done;
  const flags =
    (lower ? (lower[1] === "inclusive" ? lowerInclusive : 0) : lowerInfinite) |
    (upper ? (upper[1] === "inclusive" ? upperInclusive : 0) : upperInfinite);
  const writer = new Writer().int8(flags);
  for (const bound of [lower, upper]) if (bound) writer.sized(encode(bound[0]));
  return writer.done;
}

/** The empty range comes as one without bounds, as in Spin. */
export function decodeRange<T>(bytes: Uint8Array, decode: (bytes: Uint8Array) => T): Range<T> {
  const reader = new Reader(bytes);
  const flags = reader.int8();
  if (flags & isEmpty) return [undefined, undefined];
  const bound = (infinite: number, inclusive: number): Range<T>[number] => {
    if (flags & infinite) return undefined;
    return [decode(reader.sized() ?? new Uint8Array()), flags & inclusive ? "inclusive" : "exclusive"];
  };
  return [bound(lowerInfinite, lowerInclusive), bound(upperInfinite, upperInclusive)];
}

/** Of one dimension, from 1. */
export function encodeArray<T>(
  values: ArrayLike<T | undefined>,
  elementType: number,
  encode: (value: T) => Uint8Array,
): Uint8Array {
  const elements = Array.from(values);
  const hasNull = elements.includes(undefined);
  const writer = new Writer()
    .int32(1)
    .int32(hasNull ? 1 : 0)
    .int32(elementType)
    .int32(elements.length)
    .int32(1);
  for (const element of elements) writer.sized(element === undefined ? undefined : encode(element));
  return writer.done;
}

/** @throws `Error` for an array of several dimensions, which Spin does not take */
export function decodeArray<T>(bytes: Uint8Array, decode: (bytes: Uint8Array) => T): (T | undefined)[] {
  const reader = new Reader(bytes);
  const dimensions = reader.int32();
  reader.bytes(8);
  if (dimensions > 1) throw new Error("array contains too many dimensions");
  const length = dimensions === 0 ? 0 : reader.int32();
  if (dimensions === 1) reader.int32();
  return Array.from({ length }, () => {
    const element = reader.sized();
    return element === undefined ? undefined : decode(element);
  });
}
