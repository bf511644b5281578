import { PlaygroundError } from "../../runtime/errors.ts";

const longestPath = 512;
const longestSegment = 255;

/**
 * The one form in which a path is kept: relative to the workspace root, `/` between segments, no `.` or `..`.
 * Fails with `file-invalid` when the text cannot name a file inside the workspace.
 */
export function normalisePath(text: string): string {
  const fault = pathFault(text);
  if (fault !== undefined) throw new PlaygroundError("file-invalid", `${JSON.stringify(text)} is no path: ${fault}.`);
  return segmentsOf(text).join("/");
}

/** Why a text cannot be the path of a file, or `undefined` when it can. */
export function pathFault(text: string): string | undefined {
  if (text.trim() === "") return "it is empty";
  if (text.endsWith("/")) return "it ends with a slash";
  if (text.includes("\\")) return "it has a backslash; folders are separated by /";
  if (/\p{Cc}/u.test(text)) return "it has a control character";
  if (text.split("/").includes("..")) return "it leaves its folder with ..";
  const segments = segmentsOf(text);
  if (segments.length === 0) return "it names no file";
  if (segments.some((segment) => segment.trim() !== segment)) return "a name in it begins or ends with a space";
  if (segments.some((segment) => segment.length > longestSegment))
    return `a name in it has over ${longestSegment} characters`;
  if (text.length > longestPath) return `it has over ${longestPath} characters`;
  return undefined;
}

/** Whether `path` is `folder` itself or lies below it. The root is `""`. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

/**
 * Fails with `file-invalid` when no file can be made at `path` beside the `taken` ones: it is there already, it would
 * be both file and folder, or a file stands where it needs a folder.
 */
export function requireFree(path: string, taken: Iterable<string>): void {
  for (const other of taken) {
    if (other === path) throw new PlaygroundError("file-invalid", `There is a file ${path} already.`);
    if (isWithin(other, path)) throw new PlaygroundError("file-invalid", `${path} is a folder.`);
    if (isWithin(path, other))
      throw new PlaygroundError("file-invalid", `${other} is a file, so there can be nothing below it.`);
  }
}

function segmentsOf(text: string): string[] {
  return text.split("/").filter((segment) => segment !== "" && segment !== ".");
}
