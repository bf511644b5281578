import { expect, test } from "vitest";
import { formatDuration, formatTimeOfDay } from "./format-duration.ts";

test.each([
  [0, "0 ms"],
  [0.42, "0.42 ms"],
  [3.14, "3.1 ms"],
  [9.96, "10 ms"],
  [240.4, "240 ms"],
  [999.6, "1.00 s"],
  [1240, "1.24 s"],
])("%d milliseconds read %s", (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test("the time of day keeps its leading zeros and milliseconds", () => {
  expect(formatTimeOfDay(new Date(2026, 0, 2, 4, 3, 1, 42).getTime())).toBe("04:03:01.042");
});
