import { compileGlob, type Glob, looksLikeGlob } from "./glob.ts";
import { quoted } from "./identifiers.ts";
import { normalised, withSlash, workspacePath } from "./workspace-path.ts";

const advice =
  "If you want to include a directory, use source-destination form, or a glob pattern ending in **/*.\n" +
  "Learn more: https://spinframework.dev/writing-apps#including-files-with-components";

/** Target and source of each file. */
export type Found = [target: string, source: string][];

/** The workspace as one entry of `files` looks at it. */
export class MountSource {
  readonly #paths: readonly string[];
  readonly #excludes: readonly Glob[];
  readonly #report: (severity: "error" | "warning", message: string) => void;

  constructor(
    paths: readonly string[],
    excludes: readonly Glob[],
    report: (severity: "error" | "warning", message: string) => void,
  ) {
    this.#paths = paths;
    this.#excludes = excludes;
    this.#report = report;
  }

  /** An entry that is text: a file, a directory or a pattern, seen at the path it has in the workspace. */
  alone(text: string): Found {
    const last = text.slice(text.lastIndexOf("/") + 1);
    if (last === "..") return this.#refuse(`A file pattern can't end in a parent directory path (..)\n${advice}`);
    if (last === ".") return this.#refuse(`A file pattern can't end in a current directory path (.)\n${advice}`);
    const path = workspacePath(text);
    if (path === undefined) return this.#refuse(outside(text));
    if (this.#isFile(path) && last !== "") return [[path, path]];
    const below = this.#below(path);
    if (below.length > 0) {
      if (path !== "") this.#report("warning", nestedBySpin(path));
      return this.#withoutExcluded(below).map((file) => [file, file]);
    }
    if (!looksLikeGlob(text)) {
      return this.#refuse(`${quoted(text)} does not exist and doesn't appear to be a glob pattern`);
    }
    return this.#matching(text, path).map((file) => [file, file]);
  }

  /** An entry with a destination; its source is a file or a directory, never a pattern. */
  placed(source: string, destination: string): Found {
    const path = workspacePath(source);
    if (path === undefined) return this.#refuse(outside(source));
    const target = normalised(destination);
    if (this.#isFile(path)) {
      const last = destination.slice(destination.lastIndexOf("/") + 1);
      if (target === undefined || target === "" || last === "" || last === "." || last === "..") {
        return this.#refuse(`${quoted(destination)} is not a valid destination file name`);
      }
      return [[target, path]];
    }
    const below = this.#below(path);
    if (below.length === 0) return this.#refuse(`File or directory ${quoted(source)} does not exist`);
    if (target === undefined) return this.#refuse(`${quoted(destination)} is outside of the component's file system`);
    const [from, to] = [withSlash(path), withSlash(target)];
    return this.#withoutExcluded(below).map((file) => [`${to}${file.slice(from.length)}`, file]);
  }

  #matching(text: string, pattern: string): string[] {
    const glob = compileGlob(pattern, { crossesFolders: false });
    if ("fault" in glob) {
      this.#refuse(`Failed to resolve glob pattern ${quoted(text)}: ${glob.fault}`);
      return [];
    }
    if (pattern === "*" || pattern === "**/*") {
      const tree = pattern === "*" ? "directory" : "directory tree";
      const isMeant = text.startsWith("./");
      if (!isMeant) this.#report("warning", wholeWorkspace(tree, pattern));
    }
    // Such patterns match directories alone, and directories are not copied.
    const matchesFiles = !text.endsWith("/") && !/(?:^|\/)\*\*$/.test(pattern);
    const found = matchesFiles ? this.#paths.filter(glob.matches) : [];
    if (found.length === 0) {
      const remedy = matchesFiles ? "" : `; ${quoted(`${pattern}/*`)} takes all files below it`;
      this.#report("warning", `${quoted(text)} matches no file${remedy}`);
    }
    return this.#withoutExcluded(found);
  }

  #isFile(path: string): boolean {
    return this.#paths.includes(path);
  }

  #below(folder: string): string[] {
    const prefix = withSlash(folder);
    return this.#paths.filter((path) => path.startsWith(prefix));
  }

  #withoutExcluded(paths: readonly string[]): string[] {
    return paths.filter((path) => !this.#excludes.some((glob) => "matches" in glob && glob.matches(path)));
  }

  #refuse(message: string): Found {
    this.#report("error", message);
    return [];
  }
}

function outside(text: string): string {
  return `${text} cannot be mapped because it is outside the application directory. Files must be within the application directory.`;
}

function wholeWorkspace(tree: string, pattern: string): string {
  return (
    `A component is including the entire application ${tree} as asset files. This is unlikely to be what you want.\n` +
    `If this is what you want, use the pattern "./${pattern}" to avoid this warning.\n` +
    "Learn more: https://spinframework.dev/writing-apps#including-files-with-components"
  );
}

/** Spin joins the path twice (`copy_glob` with the application as prefix and the directory as target). */
function nestedBySpin(path: string): string {
  return (
    `Spin 4 shows the files of a directory that is named alone at ${quoted(`${path}/${path}`)}, the playground at ` +
    `${quoted(path)}. To have them there in both, write { source = ${quoted(path)}, destination = ${quoted(path)} }`
  );
}
