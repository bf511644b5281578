import { describe, expect, it } from "vitest";
import { isOutOfDate, type Packages } from "./dependencies.mjs";

const wanted: Packages = {
  "": { version: "0.1.0" },
  "node_modules/vite": { version: "8.0.0" },
  "node_modules/fsevents": { version: "2.0.0", optional: true },
};

describe("isOutOfDate", () => {
  it("accepts an installation that lacks what is for another platform, whatever the project's own version", () => {
    expect(isOutOfDate(wanted, { "node_modules/vite": { version: "8.0.0" } })).toBe(false);
  });

  it("notices a missing package", () => {
    expect(isOutOfDate(wanted, {})).toBe(true);
  });

  it("notices another version, of an optional package too", () => {
    expect(isOutOfDate(wanted, { "node_modules/vite": { version: "8.0.1" } })).toBe(true);
    const installed = { "node_modules/vite": { version: "8.0.0" }, "node_modules/fsevents": { version: "1.0.0" } };
    expect(isOutOfDate(wanted, installed)).toBe(true);
  });
});
