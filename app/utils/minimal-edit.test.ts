import { expect, test } from "vitest";
import { minimalEdit } from "./minimal-edit.ts";

test.each([
  ["abc", "abc", undefined],
  ["abc", "aXc", { start: 1, end: 2, text: "X" }],
  ["", "new", { start: 0, end: 0, text: "new" }],
  ["old", "", { start: 0, end: 3, text: "" }],
  ["aa", "aaa", { start: 2, end: 2, text: "a" }],
  ["line 1\nline 3", "line 1\nline 2\nline 3", { start: 12, end: 12, text: "2\nline " }],
])("%j to %j", (before, after, edit) => {
  expect(minimalEdit(before, after)).toEqual(edit);
  if (edit !== undefined) expect(before.slice(0, edit.start) + edit.text + before.slice(edit.end)).toBe(after);
});
