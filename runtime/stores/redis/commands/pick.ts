/** An element of the list by chance, or `undefined` when it is empty. */
export function pickOne<T>(list: readonly T[]): T | undefined {
  return list[Math.floor(Math.random() * list.length)];
}
