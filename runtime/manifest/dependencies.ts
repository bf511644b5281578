/** The rules of `[component.<id>.dependencies]` (Spin's `manifest` crate). What they name is composed elsewhere, or refused. */
import { identifierFault } from "./identifiers.ts";
import { type ManifestModel, type ModelComponent, textOf } from "./model.ts";
import type { Report } from "./report.ts";
import { isTable } from "./shape.ts";

interface PackageName {
  package: string;
  interface: string | undefined;
  version: string | undefined;
}

/** `ns:pkg`, `ns:pkg@ver`, `ns:pkg/iface`, `ns:pkg/iface@ver`; `undefined` for a plain name. */
function packageName(name: string): PackageName | undefined {
  const match = /^([a-z][a-z0-9-]*:[a-z][a-z0-9-]*)(?:\/([A-Za-z][A-Za-z0-9-]*))?(?:@(.+))?$/.exec(name);
  return match?.[1] === undefined ? undefined : { package: match[1], interface: match[2], version: match[3] };
}

export function checkDependencies(model: ManifestModel, report: Report): void {
  for (const component of model.components.values()) {
    for (const [name, value] of Object.entries(component.dependencies))
      checkDependency(component, name, value, model, report);
    checkConflicts(component, report);
    const own = Object.values(component.dependencies).some(
      (value) => isTable(value) && "inherit_configuration" in value,
    );
    if (own && component.inheritsConfiguration !== undefined) {
      const message = `Component \`${component.id}\` specifies both \`dependencies_inherit_configuration\` and per-dependency \`inherit_configuration\`. These are mutually exclusive; use one or the other.`;
      report.keyError("invalid-dependency", [...component.path, "dependencies_inherit_configuration"], message);
    }
  }
}

function checkDependency(
  component: ModelComponent,
  name: string,
  value: unknown,
  model: ManifestModel,
  report: Report,
): void {
  const path = [...component.path, "dependencies", name];
  const table = isTable(value) ? value : {};
  const parsed = packageName(name);
  if (parsed === undefined) {
    const fault = identifierFault(name, "kebab");
    if (fault !== undefined) report.keyError("invalid-dependency", path, fault);
    const fromRegistry = typeof value === "string" || "version" in table;
    if (fromRegistry && !("package" in table)) {
      report.keyError("invalid-dependency", path, `dependency "${name}" must specify a package name`);
    }
  } else if (parsed.interface === undefined && "export" in table) {
    const message = `using an export to satisfy the package dependency "${name}" is not currently permitted`;
    report.keyError("invalid-dependency", path, message);
  }
  const reference = textOf(table["component"]);
  if (reference === undefined) return;
  const target = model.components.get(reference);
  if (target === undefined) {
    report.error("invalid-dependency", [...path, "component"], `dependency ID ${reference} does not exist`);
    return;
  }
  const own = ownResources(target);
  if (own.length === 0) return;
  const why = `Component ${target.id} cannot be used as a dependency of ${component.id} because it specifies: ${own.join(", ")}`;
  const message = `Dependencies may not have their own resources or permissions. ${why}`;
  report.error("invalid-dependency", [...path, "component"], message);
}

function ownResources(component: ModelComponent): string[] {
  const fields: [string, number][] = [
    ["environment", Object.keys(component.environment).length],
    ["variables", Object.keys(component.variables).length],
    ["files", component.files.length],
    ["allowed_outbound_hosts", component.allowedHosts.length],
    ["key_value_stores", component.keyValueStores.length],
    ["sqlite_databases", component.databases.length],
    ["ai_models", component.aiModels.length],
  ];
  return fields.filter(([, count]) => count > 0).map(([name]) => name);
}

/** Two names of one package must be told apart by version or interface. */
function checkConflicts(component: ModelComponent, report: Report): void {
  const names = Object.keys(component.dependencies).map((name) => ({ name, parsed: packageName(name) }));
  for (const [index, { name, parsed }] of names.entries()) {
    for (const { name: other, parsed: otherParsed } of names.slice(0, index)) {
      if (!conflict(otherParsed, parsed)) continue;
      const message = `"${other}" dependency conflicts with "${name}"`;
      report.keyError("invalid-dependency", [...component.path, "dependencies", name], message);
    }
  }
}

function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}

function conflict(a: PackageName | undefined, b: PackageName | undefined): boolean {
  if (a === undefined || b === undefined || a.package !== b.package) return false;
  return !differ(compatible(a.version), compatible(b.version)) && !differ(a.interface, b.interface);
}

/** The part of a version in which compatible versions are alike: `1`, or `0.2`; prereleases are compatible with none. */
function compatible(version: string | undefined): string | undefined {
  if (version === undefined || version.includes("-")) return version;
  const [major = "0", minor = "0", patch = "0"] = (version.split("+")[0] ?? version).split(".");
  if (major !== "0") return major;
  return minor === "0" ? `0.0.${patch}` : `0.${minor}`;
}
