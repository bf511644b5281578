import { expect, it } from "vitest";
import { utf8 } from "./context-for-tests.ts";
import { buildFileTree, type FileTreeNode } from "./file-tree.ts";

const content = (text: string) => ({ digest: `sha256:${text}`, bytes: utf8(text) });

/** Names, with those of a directory in their order. */
const shape = (node: FileTreeNode): unknown =>
  node.kind === "file" ? "file" : [...node.entries].map(([name, entry]) => [name, shape(entry)]);

it("makes the directories that paths name, in the order of names", () => {
  const files = new Map(["b/z", "b/a/x", "c", "a.txt", "b.txt"].map((path) => [path, content(path)]));
  expect(shape(buildFileTree(files, 0))).toEqual([
    ["a.txt", "file"],
    [
      "b",
      [
        ["a", [["x", "file"]]],
        ["z", "file"],
      ],
    ],
    ["b.txt", "file"],
    ["c", "file"],
  ]);
});

it("can be empty", () => expect(shape(buildFileTree(new Map(), 0))).toEqual([]));

it("is of one time, in seconds and nanoseconds", () => {
  const tree = buildFileTree(new Map([["a", content("a")]]), 1_700_000_000_123);
  const time = { seconds: 1_700_000_000n, nanoseconds: 123_000_000 };
  expect([tree.time, tree.entries.get("a")?.time]).toEqual([time, time]);
});
