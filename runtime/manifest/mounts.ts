/**
 * Which files of the workspace a component sees: what Spin's `loader` crate copies into the directory that it mounts at
 * `/` (`local.rs`). Spin looks at the disk; here the paths of the workspace are the disk, so there are no empty folders.
 */
import { compileGlob } from "./glob.ts";
import { quoted } from "./identifiers.ts";
import type { LockedComponent } from "./locked-app.ts";
import { MountSource } from "./mount-source.ts";
import { ancestorsOf } from "./workspace-path.ts";

export interface Mount {
  /** Path as the component sees it, without a slash at its beginning, to the path in the workspace. */
  files: Map<string, string>;
  faults: MountFault[];
}

/** Something about one entry of a component's lists. */
export interface MountFault {
  severity: "error" | "warning";
  field: "files" | "exclude_files";
  index: number;
  message: string;
}

/** @param paths All files of the workspace, in its own form of paths: relative, without `.` and `..`. */
export function mountFiles(
  { files = [], exclude_files = [] }: Pick<LockedComponent, "files" | "exclude_files">,
  paths: readonly string[],
): Mount {
  const faults: MountFault[] = [];
  const excludes = exclude_files.map((pattern, index) => {
    const glob = compileGlob(pattern, { crossesFolders: true });
    if ("fault" in glob) {
      const message = `Invalid exclude_files glob pattern ${quoted(pattern)}: ${glob.fault}`;
      faults.push({ severity: "error", field: "exclude_files", index, message });
    }
    return glob;
  });
  const mounted = new Map<string, { source: string; index: number }>();
  for (const [index, { source, path }] of files.entries()) {
    const report = (severity: "error" | "warning", message: string): void => {
      faults.push({ severity, field: "files", index, message });
    };
    const workspace = new MountSource(paths, excludes, report);
    const found = path === undefined ? workspace.alone(source) : workspace.placed(source, path);
    for (const [target, from] of found) mounted.set(target, { source: from, index });
  }
  const told = new Set<number>();
  for (const [target, { index }] of mounted) {
    const file = ancestorsOf(target).find((ancestor) => mounted.has(ancestor));
    if (file === undefined || told.has(index)) continue;
    told.add(index);
    const message = `${quoted(file)} is mounted as a file, so nothing can be mounted below it, as ${quoted(target)} is`;
    faults.push({ severity: "error", field: "files", index, message });
  }
  return { files: new Map([...mounted].map(([target, { source }]) => [target, source])), faults };
}
