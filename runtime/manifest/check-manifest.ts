/** Everything that can be said of a manifest before its components are there. */
import { buildRoutes } from "../routing/routes.ts";
import { checkDatabases, checkStores } from "./check-stores.ts";
import { type ManifestOptions, type ManifestResult, parseManifest } from "./parse-manifest.ts";

export interface CheckOptions extends ManifestOptions {
  /** Labels of key-value stores that are backed; `default` when left out. */
  keyValueStores?: readonly string[];
  /** Labels of SQLite databases that are backed; `default` when left out. */
  databases?: readonly string[];
}

/**
 * Parses a manifest and adds what Spin finds only when the application starts: labels without a backing store are
 * errors, duplicate and reserved routes are warnings.
 */
export function checkManifest(text: string, file = "spin.toml", options: CheckOptions = {}): ManifestResult {
  const result = parseManifest(text, file, options);
  if ("diagnostics" in result) return result;
  const { lockedApp, positions } = result;
  const errors = [
    ...checkStores(lockedApp, options.keyValueStores, positions),
    ...checkDatabases(lockedApp, options.databases, positions),
  ];
  const warnings = [...result.warnings, ...buildRoutes(lockedApp, positions).warnings];
  return errors.length > 0 ? { diagnostics: [...errors, ...warnings] } : { ...result, warnings };
}
