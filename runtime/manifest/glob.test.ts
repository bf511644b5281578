import { describe, expect, it } from "vitest";
import { compileGlob, looksLikeGlob } from "./glob.ts";

function matches(pattern: string, path: string, crossesFolders = false): boolean {
  const glob = compileGlob(pattern, { crossesFolders });
  if ("fault" in glob) throw new Error(glob.fault);
  return glob.matches(path);
}

describe("a pattern that looks for files", () => {
  it.each([
    ["*.txt", "a.txt"],
    ["*", ".hidden"],
    ["*", "no-dot"],
    ["a*", "a"],
    ["a?c", "abc"],
    ["**/*", "a"],
    ["**/*", "a/b/.c"],
    ["a/**/b", "a/b"],
    ["a/**/b", "a/x/y/b"],
    ["**/b/*", "b/c"],
    ["[abc].x", "b.x"],
    ["[a-c].x", "b.x"],
    ["[!a-c].x", "d.x"],
    ["[^a].x", "^.x"],
    ["[]].x", "].x"],
    ["[!]].x", "a.x"],
    ["[[].x", "[.x"],
    ["[*]", "*"],
    ["[?]", "?"],
    ["[a-].x", "-.x"],
    ["[\\].x", "\\.x"],
    ["[+-9].x", "5.x"],
  ])("%s matches %s", (pattern, path) => expect(matches(pattern, path)).toBe(true));

  it.each([
    ["*.txt", "d/a.txt"],
    ["*", "a/b"],
    ["a?c", "a/c"],
    ["a?c", "ac"],
    ["[!a]b", "/b"],
    ["a/**/b", "a/x"],
    ["a/**/b", "xa/b"],
    ["[a-c].x", "-.x"],
    ["[!a-c].x", "b.x"],
    ["[^a].x", "b.x"],
    ["[ab]", "[ab]"],
    ["[[:alpha:]]", "a"],
    ["*.TXT", "a.txt"],
  ])("%s does not match %s", (pattern, path) => expect(matches(pattern, path)).toBe(false));

  // Picomatch gives each of these a meaning; to Rust they are names.
  it.each([
    "{a,b}",
    "a{1..3}",
    "!(a)",
    "+(a)",
    "@a",
    "!a",
    "a+b",
    "(a|b)",
    "a|b",
    "$a^",
    "\\d",
    '"a"',
    "'a'",
    "a.b",
    "-",
  ])("%s matches itself alone", (name) => {
    expect(matches(name, name)).toBe(true);
    for (const other of ["a", "b", "aa", "a1", "d", "ab", "axb", ""]) {
      if (other !== name) expect(matches(name, other)).toBe(false);
    }
  });
});

describe("a pattern that excludes", () => {
  it.each([
    ["*.bak", "a.bak"],
    ["*.bak", "deep/down/a.bak"],
    ["a/*", "a/b/c"],
    ["a?c", "a/c"],
    ["**/x", "x"],
    ["**/x", "a/b/x"],
    ["d/**", "d/a/b"],
    ["a/**/*.js", "a/b.js"],
    ["{a}*", "{a}/b"],
  ])("%s matches %s", (pattern, path) => expect(matches(pattern, path, true)).toBe(true));

  it.each([
    ["*.bak", "a.bak2"],
    ["**/x", "ax"],
    ["a/*", "b/a/c"],
    ["a?c", "ac"],
  ])("%s does not match %s", (pattern, path) => expect(matches(pattern, path, true)).toBe(false));
});

it.each([
  ["a***", 3, "wildcards are either regular `*` or recursive `**`"],
  ["***", 2, "wildcards are either regular `*` or recursive `**`"],
  ["a**", 0, "recursive wildcards must form a single path component"],
  ["a/b**/c", 2, "recursive wildcards must form a single path component"],
  ["**a", 2, "recursive wildcards must form a single path component"],
  ["a[", 1, "invalid range pattern"],
  ["a[b", 1, "invalid range pattern"],
  ["[]", 0, "invalid range pattern"],
  ["[!]", 0, "invalid range pattern"],
])("%s is refused as Rust does", (pattern, position, message) => {
  const fault = `Pattern syntax error near position ${position}: ${message}`;
  expect(compileGlob(pattern, { crossesFolders: false })).toEqual({ fault });
});

it("takes no more wildcards than it can match in time", () => {
  const tooMany = { fault: "the playground takes at most 4 wildcards in one part of a path" };
  const files = { crossesFolders: false };
  expect(compileGlob("a*b*c*d*e*f", files)).toEqual(tooMany);
  expect(compileGlob("**/a/**/b/**/c/**/d/**/e", files)).toEqual(tooMany);
  expect(compileGlob("a*/b*/c*/d*/e*/f*", { crossesFolders: true })).toEqual(tooMany);
  expect(matches("a*/b*/c*/d*/e*/f*", "a/b/c/d/e/f")).toBe(true);
});

it("knows what looks like a pattern", () => {
  expect(["*", "a?", "[", "a]"].map(looksLikeGlob)).toEqual([true, true, true, true]);
  expect(["a", "{a,b}", "!a", "a\\b"].map(looksLikeGlob)).toEqual([false, false, false, false]);
});
