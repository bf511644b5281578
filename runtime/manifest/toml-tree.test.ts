import { expect, test } from "vitest";
import { readTomlTree, type TomlPair, type TomlValue } from "./toml-tree.ts";

/** The structure in one line a section: headers with their path, keys with what stands behind them. */
function outline(text: string): string[] {
  const pair = ({ path, value, equals }: TomlPair): string =>
    `${path.join(".")}${equals === undefined ? "" : ` = ${value === undefined ? "?" : written(value)}`}`;
  const written = (value: TomlValue): string => {
    const open = value.closed ? "" : "…";
    if (value.kind === "array") return `[${value.items.map(written).join(", ")}]${open}`;
    if (value.kind === "table") return `{${value.pairs.map(pair).join(", ")}}${open}`;
    return text.slice(value.start, value.end) + open;
  };
  return readTomlTree(text).map(({ header, path, pairs }) => {
    const name = header === undefined ? "" : `[${path.join(".")}]${header.closed ? "" : "…"} `;
    return name + pairs.map(pair).join(" | ");
  });
}

test.each<[string, string, string[]]>([
  ["pairs and sections", `a = 1\n[b]\nc = "d" # e\n`, ["a = 1", '[b] b.c = "d"']],
  [
    "arrays of tables",
    `[[a.b]]\nx = 1\n[[a.b]]\n[a.b.c]\ny = 2`,
    ["", "[a.b.0] a.b.0.x = 1", "[a.b.1] ", "[a.b.1.c] a.b.1.c.y = 2"],
  ],
  ["a key without a value", `a =\nb = 1`, ["a = ? | b = 1"]],
  ["a key alone", `a\nb = 1`, ["a | b = 1"]],
  ["a key that ends in a dot", `a. = 1`, ["a. = 1"]],
  ["a string without an end", `a = "b\nc = 1`, ['a = "b… | c = 1']],
  ["a long string without an end", `a = """b\nc = 1`, ['a = """b\nc = 1…']],
  ["a header without an end", `[a.b\nc = 1`, ["", "[a.b]… a.b.c = 1"]],
  ["a header with half an end", `[[a.b]\nc = 1`, ["", "[a.b.0]… a.b.0.c = 1"]],
  ["an array without an end before a pair", `a = ["b",\nc = 1`, ['a = ["b"]… | c = 1']],
  ["an array without an end before a header", `a = [\n[b.c]\nd = 1`, ["a = []…", "[b.c] b.c.d = 1"]],
  ["an array without an end before an array header", `a = ["x"\n\n[[b]]\nd = 1`, ['a = ["x"]…', "[b.0] b.0.d = 1"]],
  [
    "an array in an array on a line of its own",
    `a = [\n  [1, 2],\n  [true]\n]\nb = 1`,
    ["a = [[1, 2], [true]] | b = 1"],
  ],
  ["an inline table without an end", `a = { b = 1\nc = 2`, ["a = {a.b = 1}… | c = 2"]],
  ["an inline table over several lines", `a = {\n  b = 1,\n  c = 2\n}`, ["a = {a.b = 1, a.c = 2}"]],
  ["an inline table with half a pair", `a = { b = }\nc = 2`, ["a = {a.b = ?} | c = 2"]],
  ["what is no TOML", `]]]\n= 1\na = 1`, ["a = 1"]],
])("reads %s", (_name, text, expected) => {
  expect(outline(text)).toEqual(expected);
});

test("ends a section where the next begins", () => {
  const text = "a = 1\n\n[b]\nc = 1\n# d\n[e]\n";
  const sections = readTomlTree(text);
  expect(sections.map(({ start, end }) => text.slice(start, end))).toEqual(["a = 1\n\n", "[b]\nc = 1\n# d\n", "[e]\n"]);
});

test("takes no longer for nesting without end", () => {
  for (const text of ["[".repeat(50_000), `a = ${"[".repeat(50_000)}`, `a = ${"{a=".repeat(50_000)}`]) {
    expect(readTomlTree(text).length).toBeGreaterThan(0);
  }
});
