import { expect, test } from "vitest";
import { describeProgress } from "./describe-progress.ts";

test.each([
  [{ pack: "javascript", loaded: 500, total: 2000 }, "Fetching the JavaScript toolchain, 500 B of 2.0 kB", 25],
  [{ pack: "rust", loaded: 500, total: 0 }, "Fetching the rust toolchain, 500 B", undefined],
  [{ pack: "javascript", loaded: 2000, total: 2000 }, "Preparing the JavaScript toolchain", undefined],
  [{ component: "api", loaded: 500, total: 2000 }, "Fetching component api, 500 B of 2.0 kB", 25],
])("%j", (progress, text, percent) => {
  expect(describeProgress(progress)).toEqual({ text, percent });
});
