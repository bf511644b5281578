import { PlaygroundError } from "../../runtime/errors.ts";
import { pathFault } from "../kernel/workspace-paths.ts";
import { type IncomingFile, intakeLimits, megabytes, requireFileSize, tooMuch } from "./incoming-file.ts";
import { manifestNames } from "./manifest-names.ts";

/** A project as a workspace takes it. */
export interface Project {
  files: Record<string, Uint8Array<ArrayBuffer>>;
  /** Files that were not taken: what tools make and fetch. */
  leftOut: number;
}

export const manifestName = "spin.toml";

/** What tools make, fetch or keep for themselves. What the manifest names in it is taken all the same. */
const unwanted: ReadonlySet<string> = new Set([
  "target",
  "node_modules",
  ".git",
  ".spin",
  "__MACOSX",
  ".DS_Store",
  "__pycache__",
  ".venv",
]);

/** Whether a path goes through a folder of what tools make. */
export function isUnwanted(path: string): boolean {
  return path.split("/").some((segment) => unwanted.has(segment));
}

/**
 * Makes a project of the files of a folder or zip: those beside and below its one outermost `spin.toml`. Rejects with
 * `manifest-missing`, `file-invalid` (names, contents) or `limit-exceeded`; limits are checked before anything is read.
 *
 * @param name What they came in, for messages.
 */
export async function readProject(name: string, incoming: readonly IncomingFile[]): Promise<Project> {
  const root = rootOf(name, incoming);
  const below = incoming
    .filter(({ path }) => path.startsWith(root))
    .map((file) => ({ file, path: file.path.slice(root.length) }));
  const manifest = below.find(({ path }) => path === manifestName);
  if (manifest === undefined) throw missing(name, incoming);
  requireFileSize(manifest.file);
  const names = manifestNames(new TextDecoder().decode(await manifest.file.bytes()));
  const taken = below.filter(({ path }) => !isUnwanted(path) || names.names(path));
  requireNames(name, taken);
  requireLimits(name, taken);
  const files: Project["files"] = {};
  // In turn: what a file expands to is in memory once, and not beside that of all others.
  for (const { file, path } of taken) files[path] = await file.bytes();
  return { files, leftOut: incoming.length - taken.length };
}

/** The folder of the outermost manifest, with a slash at its end; `""` for the root. */
function rootOf(name: string, incoming: readonly IncomingFile[]): string {
  const found = incoming
    .map(({ path }) => path)
    .filter((path) => path.split("/").at(-1) === manifestName && !isUnwanted(path))
    .map((path) => path.slice(0, -manifestName.length));
  const depth = (folder: string): number => folder.split("/").length;
  const least = Math.min(...found.map(depth));
  const [root, ...others] = found.filter((folder) => depth(folder) === least);
  if (root === undefined) throw missing(name, incoming);
  if (others.length > 0) {
    const folders = [root, ...others].map((folder) => folder.slice(0, -1)).join(", ");
    throw new PlaygroundError(
      "manifest-missing",
      `${name} holds several applications: there is a spin.toml in each of ${folders}. Open one of these folders.`,
    );
  }
  return root;
}

function requireNames(name: string, taken: readonly { path: string }[]): void {
  for (const { path } of taken) {
    const fault = nameFault(path);
    if (fault === undefined) continue;
    throw new PlaygroundError("file-invalid", `${name} was not opened: ${JSON.stringify(path)} is no path, ${fault}.`);
  }
}

function nameFault(path: string): string | undefined {
  if (path.startsWith("/") || /^[a-z]:/i.test(path)) return "it does not begin at the folder";
  if (path.split("/").includes("__proto__")) return "__proto__ is the name of no file here";
  return pathFault(path);
}

function requireLimits(name: string, taken: readonly { file: IncomingFile }[]): void {
  const { files, totalBytes } = intakeLimits;
  if (taken.length > files) throw tooMuch(`${name} has ${taken.length} files`, `${files}`);
  for (const { file } of taken) requireFileSize(file);
  const total = taken.reduce((sum, { file }) => sum + file.size, 0);
  if (total > totalBytes) throw tooMuch(`The files of ${name} have ${megabytes(total)}`, megabytes(totalBytes));
}

function missing(name: string, incoming: readonly IncomingFile[]): PlaygroundError {
  const paths = incoming.map(({ path }) => path);
  const shown = paths.slice(0, 5).join(", ");
  const more = paths.length > 5 ? ` and ${paths.length - 5} more` : "";
  const found = paths.length === 0 ? "It is empty" : `It has ${shown}${more}`;
  return new PlaygroundError(
    "manifest-missing",
    `There is no spin.toml in ${name}, so it is no Spin application. ${found}.`,
  );
}
