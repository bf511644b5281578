import type { TextTree } from "../pack-manifest.ts";

/** The files that a bundle may be made of: the workspace, and below `node_modules` at its root the vendored packages. */
export interface SourceTree {
  has(path: string): boolean;
  read(path: string): string | Uint8Array | undefined;
}

export interface RecordingTree extends SourceTree {
  /** Files of the workspace that were read so far. */
  readonly readPaths: ReadonlySet<string>;
}

/** A workspace's own file wins over a vendored one. */
export function sourceTree(
  workspace: Readonly<Record<string, string | Uint8Array>>,
  vendored: TextTree,
): RecordingTree {
  const readPaths = new Set<string>();
  const isOwn = (path: string): boolean => Object.hasOwn(workspace, path);
  return {
    readPaths,
    has: (path) => isOwn(path) || vendoredFile(vendored, path) !== undefined,
    read(path) {
      if (!isOwn(path)) return vendoredFile(vendored, path);
      readPaths.add(path);
      return workspace[path];
    },
  };
}

function vendoredFile(vendored: TextTree, path: string): string | undefined {
  return Object.hasOwn(vendored, path) ? vendored[path] : undefined;
}

/** The file as text, `undefined` when there is none. */
export function readText(tree: SourceTree, path: string): string | undefined {
  const content = tree.read(path);
  return content instanceof Uint8Array ? new TextDecoder().decode(content) : content;
}

/** Joins a folder and a relative path; `undefined` when it leads out of the workspace. */
export function joinPath(folder: string, relative: string): string | undefined {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of relative.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
