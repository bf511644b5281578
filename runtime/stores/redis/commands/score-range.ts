/** Ranges of sorted sets: by score, by bytes, by place. */
import { type ByteString, compareBytes } from "../byte-string.ts";
import { parseFloat64 } from "../numbers.ts";
import { redisError } from "../reply.ts";

/** A member and its score. */
export type Scored = readonly [member: ByteString, score: number];
export type InRange = (scored: Scored) => boolean;

/** All members in order: by score, those of one score by their bytes. */
export function inOrder(scores: ReadonlyMap<ByteString, number>): Scored[] {
  return [...scores].sort(([a, x], [b, y]) => (x === y ? compareBytes(a, b) : x < y ? -1 : 1));
}

/** `min` and `max` of ZRANGEBYSCORE: a number, or `(` and a number that does not belong to the range. */
export function scoreRange(min: ByteString, max: ByteString): InRange {
  const notFloat = () => redisError("min or max is not a float");
  const bound = (text: ByteString) => {
    const isOpen = text.startsWith("(");
    return { isOpen, value: parseFloat64(isOpen ? text.slice(1) : text, notFloat) };
  };
  const [low, high] = [bound(min), bound(max)];
  return ([, score]) =>
    (low.isOpen ? score > low.value : score >= low.value) && (high.isOpen ? score < high.value : score <= high.value);
}

/** `min` and `max` of ZRANGEBYLEX: `-`, `+`, or `[` (with it) or `(` (without it) and bytes. */
export function bytesRange(min: ByteString, max: ByteString): InRange {
  const [low, high] = [bytesBound(min), bytesBound(max)];
  return ([member]) => low(member) >= 0 && high(member) <= 0;
}

/** Where a member lies: before the bound (-1), at it (0) or after it; at a bound that does not belong to it, beyond. */
function bytesBound(text: ByteString): (member: ByteString) => number {
  if (text === "-") return () => 1;
  if (text === "+") return () => -1;
  const [form, bytes] = [text.charAt(0), text.slice(1)];
  if (form !== "[" && form !== "(") throw redisError("min or max not valid string range item");
  if (form === "[") return (member) => compareBytes(member, bytes);
  // At an open bound neither `>= 0` nor `<= 0` holds.
  return (member) => compareBytes(member, bytes) || Number.NaN;
}
