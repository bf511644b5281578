import type { LockedApp, LockedComponent } from "../../runtime/manifest/locked-app.ts";
import type { CheckedApplication } from "./check.ts";
import { digestOfFiles } from "./digest.ts";
import type { FileContent } from "./file-content.ts";
import { isWithin, pathFault } from "./workspace-paths.ts";

/** Files at the root that say how an application runs, not what a component is made of. */
const notSources: ReadonlySet<string> = new Set(["spin.toml", "mocks.json"]);

/** The workspace path of a component's Wasm; `undefined` when its source is not a file of the workspace. */
export function outputPath(component: LockedComponent): string | undefined {
  const source = component.source.source;
  if (source === undefined || /^[a-z][a-z0-9+.-]*:/i.test(source) || pathFault(source) !== undefined) return undefined;
  return normaliseFolder(source);
}

/** The build command as one line; a list of commands is what a shell would run one after the other. */
export function buildCommand(component: LockedComponent): string | undefined {
  const command = component.metadata.build?.command;
  const line = Array.isArray(command) ? command.join(" && ") : command;
  return line === undefined || line.trim() === "" ? undefined : line;
}

/** The build's working directory, `""` for the root. */
export function workdirOf(component: LockedComponent): string {
  return normaliseFolder(component.metadata.build?.workdir ?? "");
}

/** The workspace without built Wasm: what a build may read. */
export function sourceFiles(
  lockedApp: LockedApp,
  files: Readonly<Record<string, FileContent>>,
): Record<string, FileContent> {
  const outputs = new Set(lockedApp.components.map(outputPath));
  return Object.fromEntries(Object.entries(files).filter(([path]) => !outputs.has(path) && !notSources.has(path)));
}

/**
 * The files a component is built from: those below its working directory, and those below no component's, since any
 * build may read them (a shared folder). Files below another component's directory do not count, so that an edit
 * rebuilds only what it touches.
 */
export function componentInputs(
  lockedApp: LockedApp,
  component: LockedComponent,
  files: Readonly<Record<string, FileContent>>,
): Record<string, FileContent> {
  const own = workdirOf(component);
  const others = lockedApp.components
    .filter((other) => other !== component && buildCommand(other) !== undefined)
    .map(workdirOf);
  const isInput = (path: string): boolean => isWithin(path, own) || !others.some((other) => isWithin(path, other));
  return Object.fromEntries(Object.entries(sourceFiles(lockedApp, files)).filter(([path]) => isInput(path)));
}

/**
 * Names what a build of this component would be made from; equal digests mean that building again changes nothing.
 *
 * @param read The mounted files that the last build read. The others count with their names alone: they are in the
 *   workspace for the guest to read, and their edits need no build. Without it all of them count.
 */
export function inputDigest(
  { lockedApp, mounts }: Pick<CheckedApplication, "lockedApp" | "mounts">,
  component: LockedComponent,
  files: Readonly<Record<string, FileContent>>,
  read?: readonly string[],
): Promise<string> {
  const header = JSON.stringify([buildCommand(component) ?? null, workdirOf(component), outputPath(component) ?? null]);
  const inputs = componentInputs(lockedApp, component, files);
  if (read === undefined) return digestOfFiles(inputs, header);
  const mounted = mountedPaths(mounts);
  const content = ([path, bytes]: [string, FileContent]): [string, FileContent] =>
    mounted.has(path) && !read.includes(path) ? [path, ""] : [path, bytes];
  return digestOfFiles(Object.fromEntries(Object.entries(inputs).map(content)), header);
}

/** The files of the workspace that any component mounts. */
export function mountedPaths(mounts: CheckedApplication["mounts"]): ReadonlySet<string> {
  return new Set(Object.values(mounts).flatMap((files) => Object.values(files)));
}

function normaliseFolder(path: string): string {
  return path
    .split("/")
    .filter((segment) => segment !== "" && segment !== ".")
    .join("/");
}
