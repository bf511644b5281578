/** Paths as the workspace keeps them: relative to its root, `/` between segments, no `.` or `..`. */

/** The path in the workspace, `""` for its root; `undefined` when it leads out. */
export function workspacePath(path: string): string | undefined {
  return path.startsWith("/") ? undefined : normalised(path);
}

/** Resolves `.`, `..` and double slashes; `undefined` when the path leads above its beginning. */
export function normalised(path: string): string | undefined {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") {
      if (segments.pop() === undefined) return undefined;
    } else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return segments.join("/");
}

/** What the paths below a folder begin with. */
export function withSlash(folder: string): string {
  return folder === "" ? "" : `${folder}/`;
}

/** The folders above a path, from the outermost. */
export function ancestorsOf(path: string): string[] {
  const segments = path.split("/");
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join("/"));
}
