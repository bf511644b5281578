import { expect, test } from "vitest";
import { messageOf } from "./message-of.ts";

test("errors and strings speak for themselves, anything else does not", () => {
  expect(messageOf(new TypeError("no such file"))).toBe("no such file");
  expect(messageOf("late")).toBe("late");
  expect(messageOf(new Error("  ".trim()))).toBe("It failed without a reason.");
  expect(messageOf(undefined)).toBe("It failed without a reason.");
});
