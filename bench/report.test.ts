import { describe, expect, it } from "vitest";
import { formatReport, toFigures, type Measurement } from "./report.ts";

const measurements: Measurement[] = [
  { id: "base", name: "base", samples: [2, 2, 2], rates: [100, 300, 200] },
  {
    id: "slow",
    name: "slow",
    samples: [8, 10, 12],
    base: { id: "base", compare: "median" },
    limit: { of: "ratio", atMost: 4.5 },
  },
  {
    id: "many",
    name: "many",
    samples: [4],
    rates: [800],
    base: { id: "base", compare: "rate" },
    limit: { of: "ratio", atLeast: 4 },
  },
  { id: "alone", name: "alone", samples: [9], limit: { of: "median", atMost: 9 } },
  {
    id: "orphan",
    name: "orphan",
    samples: [1],
    base: { id: "elsewhere", compare: "median" },
    limit: { of: "ratio", atMost: 2 },
  },
];
const figures = toFigures(measurements);
const figure = (id: string) => figures.find((candidate) => candidate.id === id);

describe("toFigures", () => {
  it("gives the ratio to the base that a measurement names, of medians or of rates", () => {
    expect(figure("base")).toMatchObject({ median: 2, rate: 200 });
    expect(figure("base")).not.toHaveProperty("ratio");
    expect(figure("slow")).toMatchObject({ ratio: 5, base: "base" });
    expect(figure("many")).toMatchObject({ rate: 800, ratio: 4, base: "base" });
  });

  it("says whether a limit is met, from below or from above", () => {
    expect(figure("slow")?.met).toBe(false);
    expect(figure("many")?.met).toBe(true);
    expect(figure("alone")?.met).toBe(true);
    expect(figure("base")).not.toHaveProperty("met");
  });

  it("leaves the ratio out, and the limit open, when the base was not measured", () => {
    expect(figure("orphan")).toMatchObject({ median: 1, limit: { of: "ratio", atMost: 2 } });
    expect(figure("orphan")).not.toHaveProperty("ratio");
    expect(figure("orphan")).not.toHaveProperty("met");
  });

  it("does not compare rates with what has none", () => {
    const [base] = measurements;
    const without = { id: "x", name: "x", samples: [1], base: { id: "base", compare: "rate" as const } };
    expect(() => toFigures(base ? [base, without] : [])).toThrow("x has no rate");
  });
});

describe("formatReport", () => {
  const lines = formatReport({
    machine: { processors: 2, node: "20", browser: "Chrome/1", jco: "1" },
    sections: [
      { part: "one", title: "First things", figures: figures.slice(0, 3) },
      { part: "two", title: "Second things, whose title is long", figures: figures.slice(3) },
    ],
    firstLoadBytes: 123_456,
  }).split("\n");
  const line = (name: string) => lines.find((candidate) => candidate.startsWith(name));

  it("has a section for each part, by the name that --only takes", () => {
    expect(line("First things (one)")).toMatch(/median ms +p95 ms +per s +ratio +n$/);
    expect(lines.findIndex((text) => text.startsWith("Second things, whose title is long (two)"))).toBeGreaterThan(
      lines.findIndex((text) => text.startsWith("many")),
    );
    expect(line("First")?.length).toBe(line("Second")?.length);
  });

  it("says of each limit whether it is met, and what a ratio is to", () => {
    expect(line("slow")).toMatch(/10\.0 +11\.8 +5\.00 x +3 {2}NOT MET, at most 4\.5 x; ratio to: base$/);
    expect(line("many")).toMatch(/800 +4\.00 x +1 {2}met, at least 4 x; ratio to: base$/);
    expect(line("alone")).toMatch(/ {2}met, at most 9 ms$/);
    expect(line("orphan")).toMatch(/ {2}not compared \(at most 2 x\)$/);
    expect(line("base")).toMatch(/2\.00 +2\.00 +200 +3$/);
  });

  it("ends with the transferred size", () => {
    expect(lines.at(-1)).toContain("123.5 kB");
  });
});
