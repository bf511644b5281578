import { parse } from "smol-toml";
import { describe, expect, test } from "vitest";
import { type KeyPath, PositionIndex } from "./positions.ts";

/** `<k>` marks where the key must be found, `<v>` where the value; the marks are taken out before the scan. */
function marked(text: string): { text: string; key: number; value: number } {
  const key = text.indexOf("<k>");
  const withoutKey = text.replace("<k>", "");
  const value = withoutKey.indexOf("<v>");
  const plain = withoutKey.replace("<v>", "");
  const before = (offset: number) => (value !== -1 && offset > value ? offset - 3 : offset);
  return { text: plain, key: before(key), value };
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

describe.each<[string, string, KeyPath]>([
  ["a plain pair", `a = 1\n<k>b  =  <v>"x"`, ["b"]],
  ["an indented pair", `  <k>a=<v>1`, ["a"]],
  ["a pair in a table", `[t]\n<k>a = <v>1`, ["t", "a"]],
  ["a table", `a = 1\n<v>[<k>t]\n`, ["t"]],
  ["an inner table", `<v>[ t . <k>u ]\nx = 1`, ["t", "u"]],
  ["a table named after its inner one", `[t.u]\nx = 1\n<v>[<k>t]\n`, ["t"]],
  ["a table that is only implied", `[<k><v>t.u]\nx = 1`, ["t"]],
  ["a dotted key", `a.b.<k>c = <v>1`, ["a", "b", "c"]],
  ["the middle of a dotted key", `a.<k><v>b.c = 1`, ["a", "b"]],
  ["a quoted key", `<k>"a.b" = <v>1`, ["a.b"]],
  ["a key with escapes", `<k>"\\u0061\\tb" = <v>1`, ["a\tb"]],
  ["a literal key", `x.<k>'a\\b' = <v>1`, ["x", "a\\b"]],
  ["an array", `<k>a = <v>[1, 2]`, ["a"]],
  ["an array element", `a = [1, <k><v>2]`, ["a", 1]],
  ["an element on a later line", `a = [ # one, two ]\n  "x,]", # c\n  <k><v>"y"\n]`, ["a", 1]],
  ["a nested array element", `a = [[1, 2], [3, <k><v>4]]`, ["a", 1, 1]],
  ["a pair of an inline table", `a = { b = 1, <k>c = <v>"}" }`, ["a", "c"]],
  ["a dotted key of an inline table", `a = { b.<k>c = <v>1 }`, ["a", "b", "c"]],
  ["a table in an array", `a = [{ x = 1 }, { <k>x = <v>2 }]`, ["a", 1, "x"]],
  ["an array of tables", `[[<k>a]]\nx = 1`.replace("[[", "<v>[["), ["a"]],
  ["the second of them", `[[a]]\nx = 1\n<v>[[<k>a]]\nx = 2`, ["a", 1]],
  ["a pair of the second", `[[a.b]]\nx = 1\n[[a.b]]\n<k>x = <v>2`, ["a", "b", 1, "x"]],
  ["a table in the last of an array", `[[a]]\n[a.t]\nx = 1\n[[a]]\n<v>[a.<k>t]\ny = 1`, ["a", 1, "t"]],
  ["an array in an array", `[[a]]\n[[a.b]]\n[[a.b]]\n[[a]]\n[[a.b]]\n<k>x = <v>1`, ["a", 1, "b", 0, "x"]],
  ["after a basic string", `a = "]\\"#\\\\"\n<k>b = <v>1`, ["b"]],
  ["after a literal string", `a = '"\\'\n<k>b = <v>1`, ["b"]],
  ["after a long basic string", `a = """\nb = 2\n\\"""" x"""\n<k>b = <v>1`.replace(' x"""', ""), ["b"]],
  ["after a long literal string", `a = '''\nb = '2'\n''''\n<k>b = <v>1`, ["b"]],
  ["after a comment", `# a = [\na = 1 # b = 2\n<k>b = <v>1`, ["b"]],
  ["after a date", `a = 1979-05-27T07:32:00Z\n<k>b = <v>1`, ["b"]],
  ["with CRLF line ends", `a = 1\r\n\r\n<k>b = <v>1\r\n`, ["b"]],
  ["after characters beyond the BMP", `a = "😀"\n[t]\n<k>"😀" = <v>1`, ["t", "😀"]],
])("finds %s", (_name, source, path) => {
  const { text, key, value } = marked(source);

  test("in text that smol-toml accepts", () => {
    expect(() => parse(text)).not.toThrow();
  });

  test("by key and by value", () => {
    const index = new PositionIndex(text);
    expect(index.has(path)).toBe(true);
    expect({ key: index.key(path), value: index.value(path) }).toEqual({
      key: placeOf(text, key),
      value: placeOf(text, value),
    });
  });
});

test("gives what encloses a path that the text does not have", () => {
  const index = new PositionIndex("x = 1\n[a.b]\nc = [1]\n");
  expect(index.value(["a", "b", "missing", 3])).toEqual({ line: 2, column: 1 });
  expect(index.value(["a", "b", "c", 7])).toEqual({ line: 3, column: 5 });
  expect(index.value(["nothing"])).toEqual({ line: 1, column: 1 });
  expect(index.has(["nothing"])).toBe(false);
});

test("has every path of a document, however it is written", () => {
  const text = `a = { b = [1, { c = "x" }], d.e = 2 }\n[f."g.h"]\ni = """x"""\n[[j]]\nk = [[], [1]]\n[[j]]\n[j.l]\nm.n = 1\n`;
  const paths: KeyPath[] = [];
  const visit = (value: unknown, path: KeyPath): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      const inner = [...path, Array.isArray(value) ? Number(key) : key];
      paths.push(inner);
      visit(item, inner);
    }
  };
  visit(parse(text), []);
  const index = new PositionIndex(text);
  expect(paths).toHaveLength(20);
  expect(paths.filter((path) => !index.has(path))).toEqual([]);
});

test.each([
  "[",
  "[[a",
  "a",
  "a =",
  'a = "x',
  "a = [1",
  "a = {b",
  "]]]",
  "= 1\n= 2",
  'a = """',
  "\u0000",
  "a = [}",
  "a = {]",
])("comes to an end on text that is no TOML: %s", (text) => {
  expect(new PositionIndex(text).key(["a"])).toEqual({ line: 1, column: expect.any(Number) });
});
