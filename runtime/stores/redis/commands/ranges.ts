/** Ranges of places as Redis gives them: both ends belong to it, and negative ones count from the end. */

/** The half-open range `[start, end)` within a sequence of this length, as `slice` takes it; empty when there is none. */
export function range(start: number, end: number, length: number): [start: number, end: number] {
  const from = Math.max(0, start < 0 ? length + start : start);
  const to = Math.min(length - 1, end < 0 ? length + end : end);
  return from > to ? [0, 0] : [from, to + 1];
}
