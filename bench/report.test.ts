import { describe, expect, it } from "vitest";
import { formatReport, toFigures } from "./report.ts";

const figures = toFigures([
  { name: "base", samples: [2, 2, 2] },
  { name: "slow", samples: [8, 10, 12], limit: 9 },
  { name: "fast", samples: [1], limit: 9 },
]);

describe("toFigures", () => {
  it("gives the ratio of medians to the first measurement", () => {
    expect(figures.map(({ ratio }) => ratio)).toEqual([1, 5, 0.5]);
  });
});

describe("formatReport", () => {
  const lines = formatReport({
    machine: { processors: 2, node: "20", browser: "Chromium 1" },
    figures,
    firstLoadBytes: 123_456,
  }).split("\n");

  it("marks a median over its limit, and only that", () => {
    expect(lines.find((line) => line.startsWith("slow"))).toMatch(/10\.0 ms .*OVER 9 ms$/);
    expect(lines.find((line) => line.startsWith("fast"))).toMatch(/within 9 ms$/);
    expect(lines.find((line) => line.startsWith("base"))).toMatch(/3$/);
  });

  it("ends with the transferred size", () => {
    expect(lines.at(-1)).toContain("123.5 kB");
  });
});
