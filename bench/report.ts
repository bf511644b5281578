import { quantile } from "./statistics.ts";

/** What was measured: the samples of one figure, in milliseconds. */
export interface Measurement {
  name: string;
  samples: number[];
  /** The median is to be at most this. */
  limit?: number;
}

export interface Figure {
  name: string;
  samples: number;
  median: number;
  p95: number;
  /** The median over the base's median of the same run; it travels between machines better than milliseconds do. */
  ratio: number;
  limit?: number;
}

/** All durations in milliseconds. */
export interface BenchReport {
  machine: { processors: number; node: string; browser: string };
  /** The first one is the base. */
  figures: Figure[];
  /** Bytes before the page is usable, brotli-compressed, Monaco and packs apart. */
  firstLoadBytes: number;
}

/** @param measurements the first one is the base of all ratios */
export function toFigures(measurements: readonly Measurement[]): Figure[] {
  const [base] = measurements;
  if (!base) return [];
  const baseMedian = quantile(base.samples, 0.5);
  return measurements.map(({ name, samples, limit }) => {
    const median = quantile(samples, 0.5);
    const figure = { name, samples: samples.length, median, p95: quantile(samples, 0.95), ratio: median / baseMedian };
    return limit === undefined ? figure : { ...figure, limit };
  });
}

/** The report as a table for the terminal. */
export function formatReport({ machine, figures, firstLoadBytes }: BenchReport): string {
  const width = Math.max(...figures.map(({ name }) => name.length));
  const rows = figures.map(({ name, samples, median, p95, ratio, limit }) =>
    [
      name.padEnd(width),
      `${median.toFixed(1)} ms`.padStart(11),
      `${p95.toFixed(1)} ms`.padStart(11),
      `${ratio.toFixed(1)} x`.padStart(9),
      String(samples).padStart(5),
      limit === undefined ? "" : `  ${median <= limit ? "within" : "OVER"} ${limit} ms`,
    ].join(""),
  );
  return [
    `${machine.browser}, Node ${machine.node}, ${machine.processors} processors`,
    `${"".padEnd(width)}${"median".padStart(11)}${"p95".padStart(11)}${"to base".padStart(9)}${"n".padStart(5)}`,
    ...rows,
    `transferred before the page is usable: ${(firstLoadBytes / 1000).toFixed(1)} kB`,
  ].join("\n");
}
