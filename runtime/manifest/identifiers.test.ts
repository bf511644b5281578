import { expect, test } from "vitest";
import { identifierFault, type IdentifierKind, labelFault, quoted } from "./identifiers.ts";

test.each<[string, IdentifierKind, string | undefined]>([
  ["hello", "kebab", undefined],
  ["hello-WORLD-2".replace("-2", "-b2"), "kebab", undefined],
  ["", "kebab", "empty"],
  ["a_b", "kebab", "words must be separated with '-', not '_'"],
  ["a-b", "lower-snake", "words must be separated with '_', not '-'"],
  ["a--b", "kebab", "'-'-separated words must not be empty"],
  ["-", "kebab", "'-'-separated words must not be empty"],
  ["1-2", "kebab", "'-'-separated words must start with an ASCII letter; got '1'"],
  ["bad+name", "lower-snake", "'_'-separated words may only contain alphanumeric ASCII; got '+'"],
  ["fOo", "kebab", `'-'-separated words must be all lowercase or all UPPERCASE; got "fOo"`],
  ["é", "kebab", "'-'-separated words must start with an ASCII letter; got 'é'"],
  ["FOO", "snake", undefined],
  ["FOO", "lower-snake", `Lower-case identifiers must be all lowercase; got "FOO"`],
  ["a_b2", "lower-snake", undefined],
])("%s as %s: %s", (id, kind, fault) => {
  expect(identifierFault(id, kind)).toBe(fault);
});

test("labels may be kebab or snake, but not both", () => {
  expect(labelFault("my-store")).toBeUndefined();
  expect(labelFault("my_store")).toBeUndefined();
  expect(labelFault("my_other-store")).toBe("expected kebab-case or snake_case");
});

test("quotes as Rust does", () => {
  expect(quoted('a"b\\c\nd')).toBe('"a\\"b\\\\c\\nd"');
});
