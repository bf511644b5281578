import { describe, expect, it } from "vitest";
import { quantile } from "./statistics.ts";

describe("quantile", () => {
  it("is the middle value, or halfway between the two middle ones", () => {
    expect(quantile([9, 1, 5], 0.5)).toBe(5);
    expect(quantile([4, 1, 2, 3], 0.5)).toBe(2.5);
  });

  it("interpolates at the edge", () => {
    const hundred = Array.from({ length: 101 }, (_, index) => index);
    expect(quantile(hundred, 0.95)).toBe(95);
    expect(quantile([0, 10], 0.95)).toBeCloseTo(9.5);
    expect(quantile([7], 0.95)).toBe(7);
  });

  it("sorts by number and leaves the samples as they are", () => {
    const samples = [10, 9, 100];
    expect(quantile(samples, 0)).toBe(9);
    expect(samples).toEqual([10, 9, 100]);
  });

  it("refuses to make up a value", () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});
