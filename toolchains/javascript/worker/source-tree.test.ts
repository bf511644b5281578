import { expect, it } from "vitest";
import { folderOf, joinPath, readText, sourceTree } from "./source-tree.ts";

it.each([
  ["", "src/a.ts", "src/a.ts"],
  ["src", "./a.ts", "src/a.ts"],
  ["src/routes", "../a.ts", "src/a.ts"],
  ["src", "..", ""],
  ["src", "x//y/./z", "src/x/y/z"],
  ["src", "../../a.ts", undefined],
])("joins %j and %j to %j", (folder, relative, path) => {
  expect(joinPath(folder, relative)).toBe(path);
});

it("names the folder of a path", () => {
  expect(["a.ts", "src/a.ts", "src/b/a.ts"].map(folderOf)).toEqual(["", "src", "src/b"]);
});

it("prefers the workspace, and has nothing by the names of an object's own functions", () => {
  const tree = sourceTree({ "a.ts": "own", empty: "" }, { "a.ts": "vendored", "b.ts": "vendored" });
  expect([tree.read("a.ts"), tree.read("b.ts"), tree.has("empty")]).toEqual(["own", "vendored", true]);
  expect([tree.has("constructor"), tree.has("c.ts")]).toEqual([false, false]);
});

it("knows which files of the workspace were read, not which were only looked for", () => {
  const tree = sourceTree({ "a.ts": "", "b.ts": "" }, { "c.ts": "" });
  for (const path of ["a.ts", "c.ts", "d.ts"]) tree.read(path);
  tree.has("b.ts");
  expect([...tree.readPaths]).toEqual(["a.ts"]);
});

it("reads bytes as UTF-8", () => {
  const tree = sourceTree({ "a.ts": new TextEncoder().encode("é") }, {});
  expect([readText(tree, "a.ts"), readText(tree, "b.ts")]).toEqual(["é", undefined]);
});
