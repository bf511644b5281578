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

/**
 * Two names of one package must be told apart by version or interface. Each name is told with the first that it conflicts with;
 * pairs would be told in the square of their number.
 */
function checkConflicts(component: ModelComponent, report: Report): void {
  const first = new Map<string, { name: string; index: number }>();
  for (const [index, name] of Object.keys(component.dependencies).entries()) {
    const parsed = packageName(name);
    if (parsed === undefined) continue;
    const keyOf = (version: Part, wit: Part): string => JSON.stringify([parsed.package, version, wit]);
    const version: Part = compatible(parsed.version) ?? none;
    const wit: Part = parsed.interface ?? none;
    const before = alike(version)
      .flatMap((one) => alike(wit).flatMap((other) => first.get(keyOf(one, other)) ?? []))
      .sort((a, b) => a.index - b.index)[0];
    if (before !== undefined) {
      const message = `"${before.name}" dependency conflicts with "${name}"`;
      report.keyError("invalid-dependency", [...component.path, "dependencies", name], message);
    }
    for (const one of [version, any] as Part[]) {
      for (const other of [wit, any] as Part[]) {
        const key = keyOf(one, other);
        if (!first.has(key)) first.set(key, { name, index });
      }
    }
  }
}

/** A version or an interface of a name that has none, and whatever a name has. */
const none = 0;
const any = 1;
type Part = string | typeof none | typeof any;

/** What does not differ from it: a name without the part is not told apart by it from any other. */
function alike(part: Part): Part[] {
  return part === none ? [any] : [part, none];
}

/** The part of a version in which compatible versions are alike: `1`, or `0.2`; prereleases are compatible with none. */
function compatible(version: string | undefined): string | undefined {
  if (version === undefined || version.includes("-")) return version;
  const [major = "0", minor = "0", patch = "0"] = (version.split("+")[0] ?? version).split(".");
  if (major !== "0") return major;
  return minor === "0" ? `0.0.${patch}` : `0.${minor}`;
}
