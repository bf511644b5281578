import { expect, test } from "vitest";
import { ancestors, baseName, buildPathTree, parentFolder, rootId } from "./path-tree.ts";

test("folders come first, then names without regard to case", () => {
  const tree = buildPathTree(["spin.toml", "src/index.ts", "README.md", "src/lib/a.ts"]);
  expect(tree.get(rootId)?.children).toEqual(["src", "README.md", "spin.toml"]);
  expect(tree.get("src")).toEqual({
    id: "src",
    name: "src",
    kind: "folder",
    children: ["src/lib", "src/index.ts"],
  });
  expect(tree.get("src/lib/a.ts")?.kind).toBe("file");
});

test("an empty folder is there, and one that has files is not there twice", () => {
  const tree = buildPathTree(["a/x"], ["a", "b/c"]);
  expect(tree.get(rootId)?.children).toEqual(["a", "b"]);
  expect(tree.get("b")?.children).toEqual(["b/c"]);
  expect(tree.get("b/c")?.kind).toBe("folder");
});

test("no files give a root alone", () => {
  expect([...buildPathTree([]).keys()]).toEqual([rootId]);
});

test("ancestors and base name", () => {
  expect(ancestors("a/b/c.ts")).toEqual(["a", "a/b"]);
  expect(ancestors("c.ts")).toEqual([]);
  expect(baseName("a/b/c.ts")).toBe("c.ts");
  expect(baseName("c.ts")).toBe("c.ts");
});

test("the folder of a path", () => {
  expect(parentFolder("a/b/c.ts")).toBe("a/b");
  expect(parentFolder("c.ts")).toBe("");
});
