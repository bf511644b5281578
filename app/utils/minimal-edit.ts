/** The one replacement that makes a text into another. Offsets in UTF-16 code units. */
export interface TextEdit {
  start: number;
  /** Exclusive. */
  end: number;
  text: string;
}

/** The smallest single replacement that turns `before` into `after`; `undefined` when they are equal. */
export function minimalEdit(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}
