import { expect, test } from "vitest";
import { headerFault, headersOfRows, parseHeaderLines } from "./header-rows.ts";

test("an empty row is left out, not wrong", () => {
  expect(headerFault({ name: "", value: " " })).toBeUndefined();
  expect(headersOfRows([{ name: " ", value: "" }])).toEqual([]);
});

test.each([
  [{ name: "", value: "x" }, "This header has a value and no name."],
  [{ name: "a b", value: "x" }, '"a b" cannot be a header name.'],
  [{ name: "a", value: "x\ny" }, 'The value of "a" has a control character.'],
  [{ name: "a", value: "✓" }, 'The value of "a" has a character that headers cannot carry: ✓'],
])("%j is refused", (row, fault) => {
  expect(headerFault(row)).toBe(fault);
});

test("rows become headers, trimmed and in order, also twice the same", () => {
  const rows = [
    { name: " accept ", value: " text/html " },
    { name: "x-a", value: "1" },
    { name: "x-a", value: "2" },
  ];
  expect(headersOfRows(rows)).toEqual([
    ["accept", "text/html"],
    ["x-a", "1"],
    ["x-a", "2"],
  ]);
});

test("pasted lines become rows, anything else does not", () => {
  expect(parseHeaderLines("Accept: */*\r\nHost: a:80\n\n")).toEqual([
    { name: "Accept", value: "*/*" },
    { name: "Host", value: "a:80" },
  ]);
  expect(parseHeaderLines("just text")).toBeUndefined();
  expect(parseHeaderLines("")).toBeUndefined();
});
