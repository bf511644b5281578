import { expect, it } from "vitest";
import { advance, type RunStep } from "./run-step.ts";

it("goes through a round", () => {
  const steps: RunStep[] = ["waiting", "checking", "building", "deploying", "resting"];
  expect(steps.reduce(advance, "resting" as RunStep)).toBe("resting");
});

it.each(["waiting", "checking", "building", "deploying"] as const)("lets a newer edit or a stop in at %s", (step) => {
  expect(advance(step, "waiting")).toBe("waiting");
  expect(advance(step, "resting")).toBe("resting");
});

it.each([
  ["resting", "deploying"],
  ["waiting", "building"],
  ["checking", "deploying"],
] as const)("does not go from %s to %s", (from, to) => {
  expect(() => advance(from, to)).toThrow(expect.objectContaining({ code: "internal" }));
});
