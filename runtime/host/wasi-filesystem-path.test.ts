import { describe, expect, it } from "vitest";
import { outcome, utf8 } from "./context-for-tests.ts";
import { buildFileTree, type DirectoryNode } from "./file-tree.ts";
import { resolvePath } from "./wasi-filesystem-path.ts";

const long = "n".repeat(255);
const paths = [
  "top.txt",
  "secret/key",
  "pub/a.txt",
  "pub/deep/b.txt",
  "pub/..data/x",
  "pub/é",
  `pub/${long}`,
  "pub/a\\b",
];
const root = buildFileTree(new Map(paths.map((path) => [path, { digest: path, bytes: utf8(path) }])), 0);
const pub = directory("pub");

function directory(path: string): DirectoryNode {
  const node = resolvePath(root, path);
  if (node.kind !== "directory") throw new Error(`${path} is no directory`);
  return node;
}
/** The identity of what is found, or the error. */
const find = (base: DirectoryNode, path: string): unknown =>
  outcome(() => resolvePath(base, path).identity.split("\n")[0]);

describe("a path below a directory", () => {
  it.each([
    ["a.txt", "pub/a.txt"],
    ["./a.txt", "pub/a.txt"],
    ["deep//b.txt", "pub/deep/b.txt"],
    ["deep/./b.txt", "pub/deep/b.txt"],
    ["deep/../a.txt", "pub/a.txt"],
    ["deep/../deep/../a.txt", "pub/a.txt"],
    [".", "pub/"],
    ["./", "pub/"],
    ["deep", "pub/deep/"],
    ["deep/", "pub/deep/"],
    ["deep/.", "pub/deep/"],
    ["deep/..", "pub/"],
    ["..data/x", "pub/..data/x"],
    ["é", "pub/é"],
    ["a\\b", "pub/a\\b"],
    [long, `pub/${long}`],
  ])("%s is found", (path, found) => expect(find(pub, path)).toBe(found));

  it.each([
    ["..", "not-permitted"],
    ["../", "not-permitted"],
    ["../secret/key", "not-permitted"],
    ["../pub/a.txt", "not-permitted"],
    ["./..", "not-permitted"],
    [".//../secret", "not-permitted"],
    ["deep/../../secret/key", "not-permitted"],
    ["deep/../..", "not-permitted"],
    ["/", "not-permitted"],
    ["/a.txt", "not-permitted"],
    ["//a.txt", "not-permitted"],
    ["/etc/passwd", "not-permitted"],
    ["/..", "not-permitted"],
    ["../missing", "not-permitted"],
    ["missing/../..", "no-entry"],
    ["missing/../a.txt", "no-entry"],
    ["missing", "no-entry"],
    ["missing/", "no-entry"],
    ["A.TXT", "no-entry"],
    ["..%2fsecret", "no-entry"],
    ["..\\secret\\key", "no-entry"],
    ["...", "no-entry"],
    [" ", "no-entry"],
    ["constructor", "no-entry"],
    ["__proto__", "no-entry"],
    ["", "no-entry"],
    ["a.txt/", "not-directory"],
    ["a.txt/.", "not-directory"],
    ["a.txt/..", "not-directory"],
    ["a.txt/../deep", "not-directory"],
    ["a.txt/b", "not-directory"],
    ["a.txt\0", "invalid"],
    ["\0", "invalid"],
    [`${long}n`, "name-too-long"],
    ["é".repeat(128), "name-too-long"],
    ["a/".repeat(2048), "name-too-long"],
    [`/${"a/".repeat(2048)}`, "name-too-long"],
    [`missing/${long}n`, "no-entry"],
  ])("%j is refused: %s", (path, code) => expect(find(pub, path)).toEqual({ err: code }));

  it("may be as long as Linux has it", () => {
    expect(find(pub, `${"./".repeat(2045)}a.txt`)).toBe("pub/a.txt");
    expect(find(pub, `${"./".repeat(2046)}a.txt`)).toEqual({ err: "name-too-long" });
  });

  it("leads out of no directory, the root of the mount included", () => {
    expect(find(root, "..")).toEqual({ err: "not-permitted" });
    expect(find(root, "pub/../..")).toEqual({ err: "not-permitted" });
    expect(find(directory("pub/deep"), "../a.txt")).toEqual({ err: "not-permitted" });
    expect(find(root, "pub/deep/../../secret/key")).toBe("secret/key");
  });
});
