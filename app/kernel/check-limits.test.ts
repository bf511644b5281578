import { expect, test } from "vitest";
import { defaultLimits } from "../../runtime/protocol.ts";
import { checkLimits, checkProfile } from "./check-limits.ts";

test("the limits that hold by default can be set", () => {
  expect(checkLimits({ ...defaultLimits })).toEqual(defaultLimits);
  expect(checkLimits({})).toEqual({});
});

test.each([
  [{ requestDeadlineMs: -1 }, "requestDeadlineMs must be a whole number from 1 to 2147483647, not -1."],
  // A timer of a browser would go off at once.
  [{ requestDeadlineMs: 2 ** 31 }, "requestDeadlineMs must be"],
  [{ liveInstances: 0 }, "liveInstances must be"],
  [{ logBytes: 1.5 }, "logBytes must be"],
  [{ memoryBytes: "1" }, "memoryBytes must be"],
  [{ memoryBytes: undefined }, "memoryBytes must be"],
  [{ toString: 1 }, "There is no setting toString; there are autoRun, profile and requestDeadlineMs,"],
])("%j is refused", (limits, message) => {
  expect(() => checkLimits(limits)).toThrow(expect.objectContaining({ code: "settings-invalid" }));
  expect(() => checkLimits(limits)).toThrow(message);
});

test("a profile is a name", () => {
  for (const profile of [undefined, "", "debug"]) expect(() => checkProfile(profile)).not.toThrow();
  expect(() => checkProfile(1)).toThrow(expect.objectContaining({ code: "settings-invalid" }));
});
