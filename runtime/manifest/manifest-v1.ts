/** Reads a version 1 manifest, converted to the terms of version 2 as Spin's `compat.rs` does. */
import { readComponent } from "./component.ts";
import { identifierFault } from "./identifiers.ts";
import { type ManifestModel, tableOf, textOf, textsOf } from "./model.ts";
import type { Report } from "./report.ts";
import { checkSection, isTable, type TomlTable } from "./shape.ts";
import { readVariables } from "./read-variables.ts";

export function readManifestV1(root: TomlTable, report: Report): ManifestModel {
  checkSection(root, "manifest-v1", [], report);
  const { type, ...settings } = tableOf(root["trigger"]);
  const triggerType = textOf(type) ?? "";
  const model: ManifestModel = {
    application: {
      name: textOf(root["name"]) ?? "",
      version: textOf(root["version"]) ?? "",
      description: textOf(root["description"]) ?? "",
      authors: textsOf(root["authors"]),
      triggerSettings: { [triggerType]: settings },
    },
    variables: readVariables(root["variables"], report),
    triggers: [],
    components: new Map(),
  };
  for (const name of model.variables.keys()) checkName(name, ["variables", name], report);

  const components: unknown[] = Array.isArray(root["component"]) ? root["component"] : [];
  if (components.length === 0) report.error("no-triggers", ["component"], "No triggers in app");
  for (const [index, table] of components.entries()) {
    if (!isTable(table)) continue;
    const path = ["component", index];
    const written = textOf(table["id"]);
    if (written === undefined) continue;
    const id = repairedId(written);
    const fault = identifierFault(id, "kebab");
    if (fault !== undefined) report.error("invalid-identifier", [...path, "id"], `invalid ID \`${id}\`: ${fault}`);
    if (model.components.has(id)) {
      report.error("duplicate-component", [...path, "id"], `cannot have duplicate component IDs: ${id}`);
    }
    const component = readComponent(id, table, path, 1, report);
    for (const name of Object.keys(component.variables)) checkName(name, [...path, "config", name], report);
    for (const [at, ai] of component.aiModels.entries()) {
      const reason = identifierFault(ai, "kebab");
      if (reason !== undefined) {
        report.error("invalid-identifier", [...path, "ai_models", at], `invalid ID \`${ai}\`: ${reason}`);
      }
    }
    model.components.set(id, component);
    model.triggers.push({
      type: triggerType,
      id: `trigger-${id}`,
      path: [...path, "trigger"],
      component: { id, path: [...path, "id"] },
      components: new Map(),
      config: tableOf(table["trigger"]),
    });
  }
  return model;
}

/** Underscores and capitals, which version 1 took, are mended; anything else is left to be refused. */
function repairedId(id: string): string {
  return identifierFault(id, "kebab") === undefined ? id : id.replaceAll("_", "-").toLowerCase();
}

function checkName(name: string, path: (string | number)[], report: Report): void {
  const fault = identifierFault(name, "lower-snake");
  if (fault !== undefined) report.keyError("invalid-identifier", path, `invalid ID \`${name}\`: ${fault}`);
}
