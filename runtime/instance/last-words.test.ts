import { expect, it } from "vitest";
import { LastWords } from "./last-words.ts";

function after(...lines: string[]): string | undefined {
  const words = new LastWords();
  for (const line of lines) words.heard(line);
  return words.failure?.message;
}

it("knows no failure of a guest that only talks", () => {
  expect(after("Error: this is a log line", "an Exception while logging")).toBeUndefined();
});

it("finds the error of a handler that rejected", () => {
  expect(after("hello", "Error while running request handler: broke", "Stack:", "  at x")).toBe(
    "The handler threw: broke",
  );
});

it("finds the error of a listener that threw", () => {
  const lines = ["Exception while Exception in event listener for fetch", "bundle.js:8:99 TypeError: broke"];
  expect(after(...lines)).toBe("The handler threw: TypeError: broke");
});

it("keeps the first", () => {
  const rejected = "Error while running request handler: ";
  expect(after(`${rejected}one`, `${rejected}two`)).toBe("The handler threw: one");
});
