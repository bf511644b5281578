import type { Diagnostic } from "../diagnostic.ts";
import type { LockedApp, LockedComponent } from "./locked-app.ts";
import type { ManifestPositions } from "./manifest-positions.ts";
import { mountFiles } from "./mounts.ts";
import { workspacePath } from "./workspace-path.ts";

/**
 * By component id: path as the component sees it, without a slash at its beginning, to path in the workspace. A component
 * without `files` is missing, since it has no directory at all; one whose patterns match nothing has an empty one.
 */
export type Mounts = Record<string, Record<string, string>>;

/**
 * Finds the files that the components of an application mount, and what is wrong with that, placed in the manifest.
 *
 * @param paths All files of the workspace. The Wasm that its build commands make counts as being there.
 */
export function checkMounts(
  app: LockedApp,
  paths: readonly string[],
  positions: ManifestPositions,
): { mounts: Mounts; diagnostics: Diagnostic[] } {
  const mounts: Mounts = {};
  const diagnostics: Diagnostic[] = [];
  const all = [...new Set([...paths, ...app.components.flatMap(builtWasm)])];
  for (const component of app.components) {
    if (component.files === undefined) continue;
    const { files, faults } = mountFiles(component, all);
    mounts[component.id] = Object.fromEntries(files);
    for (const { severity, field, index, message } of faults) {
      const place = positions.component(component.id, field, index);
      const code = severity === "error" ? "invalid-mount" : "doubtful-mount";
      diagnostics.push({ severity, code, message, file: positions.file, ...place });
    }
  }
  return { mounts, diagnostics: diagnostics.sort(byPosition) };
}

function byPosition(a: Diagnostic, b: Diagnostic): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

function builtWasm({ metadata, source }: LockedComponent): string[] {
  if (metadata.build === undefined || source.source === undefined || source.digest !== undefined) return [];
  const path = workspacePath(source.source);
  return path === undefined ? [] : [path];
}
