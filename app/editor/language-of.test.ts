import { expect, test } from "vitest";
import { isTypeChecked, languageOf } from "./language-of.ts";

test.each([
  ["src/index.ts", "typescript"],
  ["a/b.JS", "javascript"],
  ["spin.toml", "toml"],
  ["Makefile", "plaintext"],
  ["mocks.json", "json"],
])("%s is %s", (path, language) => {
  expect(languageOf(path)).toBe(language);
});

test("the type checker looks at the person's TypeScript alone", () => {
  expect(isTypeChecked("src/index.ts")).toBe(true);
  expect(isTypeChecked("src/distance.ts")).toBe(true);
  expect(isTypeChecked("dist/index.d.ts")).toBe(false);
  expect(isTypeChecked("api/node_modules/x/index.ts")).toBe(false);
  expect(isTypeChecked("src/index.js")).toBe(false);
});
