import { digestOfFiles } from "./digest.ts";
import type { SourceFiles, StudioState } from "./state.ts";
import type { DeployedRecord } from "./workspace-storage.ts";

/** What an application is made from: all files but those that were built, the values of its variables, and the profile. */
export function sourceFilesOf({ files, built, variables, profile }: SourceFiles): SourceFiles {
  return {
    files: Object.fromEntries(Object.entries(files).filter(([path]) => !built.includes(path))),
    built,
    variables,
    profile,
  };
}

/** A digest of all that an application is made from. */
export function digestOfSources({ files, variables, profile }: SourceFiles): Promise<string> {
  const values = Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1));
  const beside = [...(values.length === 0 ? [] : [values]), ...(profile === "" ? [] : [profile])];
  return digestOfFiles(files, beside.length === 0 ? "" : JSON.stringify(beside));
}

/** What a deployed application is made from, when that of now is still the same. */
export async function sourcesIfUnchanged(
  current: Omit<SourceFiles, "built">,
  { sources, built }: Pick<DeployedRecord, "sources" | "built">,
): Promise<SourceFiles | undefined> {
  const now = sourceFilesOf({ ...current, built });
  return (await digestOfSources(now)) === sources ? now : undefined;
}

/**
 * Whether the running application waits for a Run to be what the files say: auto-run is off, and they have changed since
 * it was made. An edit that is taken back does not count. Where the last build failed, `run.stale` says so instead.
 */
export function isOutdated(
  state: Pick<StudioState, "workspace" | "variables" | "profile" | "run" | "autoRun">,
): boolean {
  const { workspace, variables, profile, run, autoRun } = state;
  const { application, stale } = run;
  if (application === undefined || autoRun || stale) return false;
  const { madeFrom } = application;
  if (madeFrom === undefined) return true;
  const paths = Object.keys(workspace.files).filter((path) => !madeFrom.built.includes(path));
  return (
    profile !== madeFrom.profile ||
    differs(workspace.files, madeFrom.files, paths) ||
    differs(variables, madeFrom.variables, Object.keys(variables))
  );
}

function differs<T>(now: Readonly<Record<string, T>>, then: Readonly<Record<string, T>>, keys: string[]): boolean {
  return keys.length !== Object.keys(then).length || keys.some((key) => now[key] !== then[key]);
}
