/** The id of the root folder; no file path equals it. */
export const rootId = "/";

export interface TreeEntry {
  /** Path in the workspace; `rootId` for the root. */
  id: string;
  /** Last segment of the path. */
  name: string;
  kind: "file" | "folder";
  /** Ids, folders first, then by name. Empty for files. */
  children: string[];
}

/** Files and their folders by id. `emptyFolders` are folders that hold no file yet. */
export function buildPathTree(
  paths: Iterable<string>,
  emptyFolders: Iterable<string> = [],
): ReadonlyMap<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>([[rootId, { id: rootId, name: "", kind: "folder", children: [] }]]);

  const add = (path: string, kind: TreeEntry["kind"]): void => {
    if (path === "" || entries.has(path)) return;
    const slash = path.lastIndexOf("/");
    const parent = slash < 0 ? rootId : path.slice(0, slash);
    if (parent !== rootId) add(parent, "folder");
    entries.set(path, { id: path, name: path.slice(slash + 1), kind, children: [] });
    entries.get(parent)?.children.push(path);
  };
  for (const path of paths) add(path, "file");
  for (const path of emptyFolders) add(path, "folder");

  const rank = (id: string): string => {
    const entry = entries.get(id);
    return `${entry?.kind === "folder" ? 0 : 1}${entry?.name.toLowerCase() ?? ""}`;
  };
  for (const entry of entries.values()) entry.children.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return entries;
}

/** Every folder on the way to a path, outermost first: `a/b/c.ts` gives `a`, `a/b`. */
export function ancestors(path: string): string[] {
  const segments = path.split("/").slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join("/"));
}

/** The folder that a path is in; `""` for the root. */
export function parentFolder(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** Last segment of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
