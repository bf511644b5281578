import { quantile } from "./statistics.ts";

/** What was measured. Durations are in milliseconds, rates in requests per second. */
export interface Measurement {
  /** Unique in a report; others name it as their base. */
  id: string;
  name: string;
  samples: number[];
  /** One for each round, where requests were sent several at a time. */
  rates?: number[];
  /** The measurement that this one is divided by, and what of both. */
  base?: { id: string; compare: "median" | "rate" };
  limit?: Limit;
}

/** What is to be reached: a bound of the median, or of the ratio to the base. */
export type Limit = { of: "median" | "ratio" } & ({ atMost: number } | { atLeast: number });

export interface Figure {
  id: string;
  name: string;
  samples: number;
  median: number;
  p95: number;
  rate?: number;
  /** To the base of the same run; it travels between machines better than milliseconds do. */
  ratio?: number;
  base?: string;
  limit?: Limit;
  /** Set where there is a limit and what it bounds was measured. */
  met?: boolean;
}

export interface Section {
  /** By which `--only` asks for it. */
  part: string;
  title: string;
  figures: Figure[];
}

export interface BenchReport {
  machine: { processors: number; node: string; browser: string; jco: string };
  sections: Section[];
  /** Bytes before the page is usable, brotli-compressed, Monaco and packs apart. */
  firstLoadBytes: number;
}

/** @param measurements of one run; a base that was not measured in it leaves the ratio out */
export function toFigures(measurements: readonly Measurement[]): Figure[] {
  const byId = new Map(measurements.map((measurement) => [measurement.id, measurement]));
  return measurements.map((measurement) => {
    const { id, name, samples, rates, base, limit } = measurement;
    const figure: Figure = {
      id,
      name,
      samples: samples.length,
      median: quantile(samples, 0.5),
      p95: quantile(samples, 0.95),
    };
    if (rates) figure.rate = quantile(rates, 0.5);
    const divisor = base && byId.get(base.id);
    if (base && divisor) {
      figure.base = divisor.name;
      figure.ratio = compared(measurement, base.compare) / compared(divisor, base.compare);
    }
    if (limit) {
      figure.limit = limit;
      const value = limit.of === "median" ? figure.median : figure.ratio;
      if (value !== undefined) figure.met = "atMost" in limit ? value <= limit.atMost : value >= limit.atLeast;
    }
    return figure;
  });
}

function compared({ id, samples, rates }: Measurement, what: "median" | "rate"): number {
  if (what === "median") return quantile(samples, 0.5);
  if (!rates) throw new RangeError(`${id} has no rate to compare.`);
  return quantile(rates, 0.5);
}

/** The report as a table for the terminal. */
export function formatReport({ machine, sections, firstLoadBytes }: BenchReport): string {
  const heading = ({ part, title }: Section): string => `${title} (${part})`;
  const firstColumn = sections.flatMap((section) => [heading(section), ...section.figures.map(({ name }) => name)]);
  const width = Math.max(0, ...firstColumn.map(({ length }) => length));
  const heads = ["median ms", "p95 ms", "per s", "ratio", "n"].map((head) => head.padStart(11)).join("");
  const { browser, node, processors, jco } = machine;
  return [
    `${browser}, Node ${node}, jco ${jco}, ${processors} processors`,
    ...sections.flatMap((section) => [
      "",
      `${heading(section).padEnd(width)}${heads}`,
      ...section.figures.map((figure) => row(figure, width)),
    ]),
    "",
    `transferred before the page is usable: ${(firstLoadBytes / 1000).toFixed(1)} kB`,
  ].join("\n");
}

function row(figure: Figure, width: number): string {
  const { name, samples, median, p95, rate, ratio, base } = figure;
  const cells = [
    precise(median),
    precise(p95),
    rate === undefined ? "" : rate.toFixed(0),
    ratio === undefined ? "" : `${ratio.toFixed(2)} x`,
    String(samples),
  ].map((cell) => cell.padStart(11));
  const notes = [verdict(figure), base === undefined ? "" : `ratio to: ${base}`].filter((note) => note !== "");
  return `${name.padEnd(width)}${cells.join("")}  ${notes.join("; ")}`.trimEnd();
}

/** Three digits, so that a host call of half a millisecond can be told from one of a third. */
function precise(milliseconds: number): string {
  return milliseconds >= 100 ? milliseconds.toFixed(0) : milliseconds.toPrecision(3);
}

function verdict({ limit, met }: Figure): string {
  if (!limit) return "";
  const unit = limit.of === "median" ? " ms" : " x";
  const bound = "atMost" in limit ? `at most ${limit.atMost}${unit}` : `at least ${limit.atLeast}${unit}`;
  if (met === undefined) return `not compared (${bound})`;
  return `${met ? "met" : "NOT MET"}, ${bound}`;
}
