import { expect, it } from "vitest";
import { growth } from "./renderer-memory.ts";

it("compares the processes that were there both times", () => {
  const before = {
    heaps: 1,
    processes: new Map([
      [1, 100],
      [2, 300],
      [3, 5],
    ]),
  };
  const after = {
    heaps: 9,
    processes: new Map([
      [1, 100],
      [2, 340],
      [4, 500],
    ]),
  };
  expect(growth(before, after)).toBeCloseTo(0.1);
  expect(growth(after, before)).toBeCloseTo(-40 / 440);
});

it("compares heaps where the system tells nothing of processes", () => {
  expect(growth({ heaps: 100 }, { heaps: 125, processes: new Map([[1, 1]]) })).toBe(0.25);
});
