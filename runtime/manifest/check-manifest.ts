/** Everything that can be said of a manifest before its components are there. */
import { buildRoutes } from "../routing/routes.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { checkDatabases, checkStores } from "./check-stores.ts";
import type { LockedApp } from "./locked-app.ts";
import type { ManifestPositions } from "./manifest-positions.ts";
import { type ManifestOptions, type ManifestResult, parseManifest } from "./parse-manifest.ts";

export interface CheckOptions extends ManifestOptions {
  /** Labels of key-value stores that are backed; `default` when left out. */
  keyValueStores?: readonly string[];
  /** Labels of SQLite databases that are backed; `default` when left out. */
  databases?: readonly string[];
}

/**
 * What Spin finds only when the application starts: labels without a backing store are errors, duplicate and reserved routes
 * are warnings.
 */
export function checkStart(
  lockedApp: LockedApp,
  positions: ManifestPositions,
  { keyValueStores, databases }: Pick<CheckOptions, "keyValueStores" | "databases"> = {},
): Diagnostic[] {
  return [
    ...checkStores(lockedApp, keyValueStores, positions),
    ...checkDatabases(lockedApp, databases, positions),
    ...buildRoutes(lockedApp, positions).warnings,
  ];
}

/** Parses a manifest, and checks what can be checked before there are files and components. */
export function checkManifest(text: string, file = "spin.toml", options: CheckOptions = {}): ManifestResult {
  const result = parseManifest(text, file, options);
  if ("diagnostics" in result) return result;
  const found = [...checkStart(result.lockedApp, result.positions, options), ...result.warnings];
  return found.some(({ severity }) => severity === "error") ? { diagnostics: found } : { ...result, warnings: found };
}
