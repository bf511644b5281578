import { expect, it } from "vitest";
import { PlaygroundError } from "../../runtime/errors.ts";
import { asPlaygroundError } from "./as-playground-error.ts";

it("leaves a PlaygroundError as it is", () => {
  const error = new PlaygroundError("not-running", "x");
  expect(asPlaygroundError(error, "internal")).toBe(error);
});

it("takes over code and diagnostics of one that crossed a thread", () => {
  const diagnostics = [{ severity: "error", code: "x", message: "y" }];
  const error = Object.assign(new Error("no component"), { code: "component-invalid", diagnostics });
  expect(asPlaygroundError(error, "internal")).toMatchObject({
    code: "component-invalid",
    message: "no component",
    diagnostics,
    cause: error,
  });
});

it.each([Object.assign(new Error("full"), { code: "ENOSPC" }), "full"])("uses the fallback for %s", (error) => {
  expect(asPlaygroundError(error, "internal")).toMatchObject({ code: "internal", message: "full" });
});
