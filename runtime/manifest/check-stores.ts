import type { Diagnostic } from "../diagnostic.ts";
import { quoted } from "./identifiers.ts";
import type { LockedApp } from "./locked-app.ts";
import type { ManifestPositions } from "./manifest-positions.ts";

/**
 * Store labels that no store backs. Spin refuses to start with the first of them; without a runtime config only
 * `default` is backed, so an application with another label would not run outside either. `positions` place the errors.
 */
export function checkStores(
  app: LockedApp,
  backed: readonly string[] = ["default"],
  positions?: ManifestPositions,
): Diagnostic[] {
  return checkLabels(app, "key_value_stores", "key_value_stores", backed, positions);
}

/** The same for `sqlite_databases`. */
export function checkDatabases(
  app: LockedApp,
  backed: readonly string[] = ["default"],
  positions?: ManifestPositions,
): Diagnostic[] {
  return checkLabels(app, "databases", "sqlite_databases", backed, positions);
}

function checkLabels(
  app: LockedApp,
  list: "key_value_stores" | "databases",
  field: string,
  backed: readonly string[],
  positions: ManifestPositions | undefined,
): Diagnostic[] {
  return app.components.flatMap((component) =>
    (component.metadata[list] ?? []).flatMap((label, index): Diagnostic[] => {
      if (backed.includes(label)) return [];
      const known = backed.map(quoted).join(", ");
      const message = `unknown ${field} label ${quoted(label)} for component ${quoted(component.id)}: backed is only ${known}`;
      const place =
        positions === undefined ? {} : { file: positions.file, ...positions.component(component.id, field, index) };
      return [{ severity: "error", code: "unknown-store", message, ...place }];
    }),
  );
}
