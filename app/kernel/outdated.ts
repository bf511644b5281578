import { digestOfFiles } from "./digest.ts";
import type { SourceFiles, StudioState } from "./state.ts";
import type { DeployedRecord } from "./workspace-storage.ts";

/** What an application is made from: all files but those that were built. */
export function sourceFilesOf(files: SourceFiles["files"], built: readonly string[]): SourceFiles {
  return { files: Object.fromEntries(Object.entries(files).filter(([path]) => !built.includes(path))), built };
}

/** The files that a deployed application is made from, when those of now are still the same. */
export async function sourcesIfUnchanged(
  files: SourceFiles["files"],
  { sources, built }: Pick<DeployedRecord, "sources" | "built">,
): Promise<SourceFiles | undefined> {
  const now = sourceFilesOf(files, built);
  return (await digestOfFiles(now.files)) === sources ? now : undefined;
}

/**
 * Whether the running application waits for a Run to be what the files say: auto-run is off, and they have changed since
 * it was made. An edit that is taken back does not count. Where the last build failed, `run.stale` says so instead.
 */
export function isOutdated({ workspace, run, autoRun }: Pick<StudioState, "workspace" | "run" | "autoRun">): boolean {
  const { application, stale } = run;
  if (application === undefined || autoRun || stale) return false;
  return application.madeFrom === undefined || differs(workspace.files, application.madeFrom);
}

function differs(files: SourceFiles["files"], { files: then, built }: SourceFiles): boolean {
  const paths = Object.keys(files).filter((path) => !built.includes(path));
  return paths.length !== Object.keys(then).length || paths.some((path) => files[path] !== then[path]);
}
