/**
 * The files that one component mounts, as all of its instances see them. Nothing in a tree ever changes, so that requests
 * can share it; whoever hands bytes out of it hands out copies.
 */

/** `wasi:clocks/wall-clock.datetime`. */
export interface Datetime {
  seconds: bigint;
  nanoseconds: number;
}

export interface FileNode {
  readonly kind: "file";
  readonly bytes: Uint8Array;
  /** Tells the object and its content from every other one of the mount. */
  readonly identity: string;
  readonly time: Datetime;
}

export interface DirectoryNode {
  readonly kind: "directory";
  /** By name, in the order of names. */
  readonly entries: ReadonlyMap<string, FileTreeNode>;
  readonly identity: string;
  readonly time: Datetime;
}

export type FileTreeNode = FileNode | DirectoryNode;

/** A content, and its SHA-256 (`sha256:…`). */
export interface FileContent {
  readonly digest: string;
  readonly bytes: Uint8Array;
}

/**
 * @param files By path: relative, `/` between segments, without `.` and `..`.
 * @param time Milliseconds since the epoch: every timestamp of the tree.
 */
export function buildFileTree(files: ReadonlyMap<string, FileContent>, time: number): DirectoryNode {
  const whole = Math.floor(time / 1000);
  const datetime: Datetime = { seconds: BigInt(whole), nanoseconds: Math.floor(time - whole * 1000) * 1_000_000 };
  const directory = (path: string, entries: Map<string, FileTreeNode>): DirectoryNode => ({
    kind: "directory",
    entries,
    identity: `${path}/`,
    time: datetime,
  });

  const root = new Map<string, FileTreeNode>();
  const byPath = new Map([["", root]]);
  /** The entries of a directory, which is made with those above it when it is not there yet. */
  const entriesOf = (path: string): Map<string, FileTreeNode> => {
    const known = byPath.get(path);
    if (known !== undefined) return known;
    const entries = new Map<string, FileTreeNode>();
    byPath.set(path, entries);
    const { parent, name } = split(path);
    entriesOf(parent).set(name, directory(path, entries));
    return entries;
  };
  // Sorted, so that a directory is read in the same order on every machine.
  for (const [path, { digest, bytes }] of [...files].sort(([a], [b]) => (orderOf(a) < orderOf(b) ? -1 : 1))) {
    const { parent, name } = split(path);
    entriesOf(parent).set(name, { kind: "file", bytes, identity: `${path}\n${digest}`, time: datetime });
  }
  return directory("", root);
}

/** Sorts a directory by its own name, although `.` comes before `/`. No name has a NUL. */
function orderOf(path: string): string {
  return path.replaceAll("/", "\0");
}

function split(path: string): { parent: string; name: string } {
  const slash = path.lastIndexOf("/");
  return { parent: path.slice(0, Math.max(0, slash)), name: path.slice(slash + 1) };
}
