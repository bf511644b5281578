/**
 * The value below which a fraction of the samples lies, by linear interpolation between the two nearest ranks.
 *
 * @param fraction 0.5 is the median
 * @throws RangeError without samples
 */
export function quantile(samples: readonly number[], fraction: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * fraction;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new RangeError("There is no quantile of nothing.");
  return below + (above - below) * (position - Math.floor(position));
}
