import type { DirectoryNode, FileTreeNode } from "./file-tree.ts";
import { fileFailure } from "./wasi-filesystem-error.ts";

/** Linux's `PATH_MAX`, of which one byte is for the NUL. */
const longestPath = 4096;
/** Linux's `NAME_MAX`. */
const longestName = 255;

const encoder = new TextEncoder();

/**
 * Finds what a path means below a directory, as Linux's `openat2` with `RESOLVE_BENEATH` does, by which Wasmtime opens:
 * step by step, so that a `..` after a name that does not exist is `no-entry`, and after a file `not-directory`. Whatever
 * would lead above the directory, although that is a descriptor of a directory deep inside the mount, is `not-permitted`,
 * as is every absolute path. A slash or a dot at the end asks for a directory. There are no symbolic links.
 */
export function resolvePath(base: DirectoryNode, path: string): FileTreeNode {
  if (path === "") throw fileFailure("no-entry");
  if (path.includes("\0")) throw fileFailure("invalid");
  if (isLongerThan(path, longestPath - 1)) throw fileFailure("name-too-long");
  if (path.startsWith("/")) throw fileFailure("not-permitted");
  const above: DirectoryNode[] = [];
  let node: FileTreeNode = base;
  for (const name of path.split("/")) {
    if (node.kind === "file") throw fileFailure("not-directory");
    if (name === "" || name === ".") continue;
    if (name === "..") {
      const parent = above.pop();
      if (parent === undefined) throw fileFailure("not-permitted");
      node = parent;
      continue;
    }
    if (isLongerThan(name, longestName)) throw fileFailure("name-too-long");
    const next = node.entries.get(name);
    if (next === undefined) throw fileFailure("no-entry");
    above.push(node);
    node = next;
  }
  return node;
}

/** Whether a text has more than this many bytes in UTF-8, of which a UTF-16 unit takes three at most. */
function isLongerThan(text: string, bytes: number): boolean {
  return text.length * 3 > bytes && encoder.encode(text).length > bytes;
}
