import { expect, test, vi } from "vitest";
import type { DirectoryNode, FileTreeNode } from "../host/file-tree.ts";
import { MountedFiles } from "./mounted-files.ts";

const blobs = { one: new Blob(["1"]), two: new Blob(["22"]) };
const mounts = {
  a: { files: { "x.txt": "one", "sub/y.txt": "two" }, time: 1_000 },
  b: { files: { "x.txt": "one" }, time: 2_000 },
  none: { files: {}, time: 0 },
};
const fileOf = (tree: DirectoryNode | undefined, name: string): Extract<FileTreeNode, { kind: "file" }> => {
  const node = tree?.entries.get(name);
  if (node?.kind !== "file") throw new Error(`no file ${name}`);
  return node;
};

test("gives each component its own tree, and all of them the same contents", async () => {
  const trees = await new MountedFiles(() => 100).load({ mounts, contents: blobs });
  expect([...trees.keys()]).toEqual(["a", "b", "none"]);
  const [inA, inB] = [fileOf(trees.get("a"), "x.txt"), fileOf(trees.get("b"), "x.txt")];
  expect(new TextDecoder().decode(inA.bytes)).toBe("1");
  expect(inB.bytes).toBe(inA.bytes);
  expect([inA.time.seconds, inB.time.seconds]).toEqual([1n, 2n]);
  expect(trees.get("none")?.entries.size).toBe(0);
});

test("reads a content that did not change once", async () => {
  const files = new MountedFiles(() => 100);
  const first = await files.load({ mounts, contents: blobs });
  const read = vi.spyOn(Blob.prototype, "arrayBuffer");
  const changed = { b: { files: { "x.txt": "one", "z.txt": "new" }, time: 3_000 } };
  const second = await files.load({ mounts: changed, contents: { one: new Blob(["1"]), new: new Blob(["n"]) } });
  expect(read).toHaveBeenCalledOnce();
  expect(fileOf(second.get("b"), "x.txt").bytes).toBe(fileOf(first.get("b"), "x.txt").bytes);
  read.mockRestore();
});

test("refuses more bytes than the limit, each content counted once", async () => {
  const files = new MountedFiles(() => 3);
  await expect(files.load({ mounts, contents: blobs })).resolves.toBeDefined();
  const larger = { a: { files: { x: "one", y: "two", z: "large" }, time: 0 } };
  const loading = new MountedFiles(() => 2 * 1024 * 1024).load({
    mounts: larger,
    contents: { ...blobs, large: new Blob([new Uint8Array(2.5 * 1024 * 1024)]) },
  });
  await expect(loading).rejects.toMatchObject({
    code: "limit-exceeded",
    message: "The files that the components mount have 2.5 MiB together; the limit is 2 MiB (mountedBytes).",
  });
});

test("fails for a content that did not come along", async () => {
  await expect(new MountedFiles(() => 100).load({ mounts, contents: {} })).rejects.toMatchObject({ code: "internal" });
});
