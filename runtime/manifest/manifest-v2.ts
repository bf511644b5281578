/** Reads a version 2 manifest: trigger ids are made up, inline components are moved out, a profile is applied. */
import { readComponent, readSource } from "./component.ts";
import { identifierFault, quoted } from "./identifiers.ts";
import {
  type ComponentSpec,
  type ManifestModel,
  type ModelComponent,
  type ModelTrigger,
  tableOf,
  textMapOf,
  textOf,
  textsOf,
} from "./model.ts";
import type { KeyPath } from "./positions.ts";
import { readVariables } from "./read-variables.ts";
import type { Report } from "./report.ts";
import { checkSection, isTable, type TomlTable } from "./shape.ts";

export function readManifestV2(root: TomlTable, profile: string | undefined, report: Report): ManifestModel {
  checkSection(root, "manifest", [], report);
  const application = tableOf(root["application"]);
  const settings = Object.entries(tableOf(application["trigger"])).map(([type, value]) => [type, tableOf(value)]);
  const model: ManifestModel = {
    application: {
      name: textOf(application["name"]) ?? "",
      version: textOf(application["version"]) ?? "",
      description: textOf(application["description"]) ?? "",
      authors: textsOf(application["authors"]),
      triggerSettings: Object.fromEntries(settings),
    },
    variables: readVariables(root["variables"], report),
    triggers: readTriggers(root["trigger"]),
    components: new Map(),
  };
  for (const [id, table] of Object.entries(tableOf(root["component"]))) {
    if (isTable(table)) model.components.set(id, readComponent(id, table, ["component", id], 2, report));
  }
  // A table without entries; no table at all, or one of a wrong shape, was reported already.
  const triggers = root["trigger"];
  if (model.triggers.length === 0 && isTable(triggers) && Object.values(triggers).every(Array.isArray)) {
    report.error("no-triggers", ["trigger"], "No triggers in app");
  }
  nameTriggers(model.triggers);
  const inline = moveInlineComponents(model, report);
  if (profile !== undefined) applyProfile(model, { ...tableOf(root["component"]), ...inline }, profile, report);
  return model;
}

function readTriggers(value: unknown): ModelTrigger[] {
  return Object.entries(tableOf(value)).flatMap(([type, list]) => {
    const tables: unknown[] = Array.isArray(list) ? list : [];
    return tables.flatMap((table, index) =>
      isTable(table) ? [readTrigger(type, table, ["trigger", type, index])] : [],
    );
  });
}

function readTrigger(type: string, table: TomlTable, path: KeyPath): ModelTrigger {
  const { id, component, components, ...config } = table;
  const roles = Object.entries(tableOf(components)).map(([role, value]): [string, ComponentSpec[]] => {
    const at = [...path, "components", role];
    if (!Array.isArray(value)) return [role, readSpec(value, at)];
    return [role, value.flatMap((item: unknown, index) => readSpec(item, [...at, index]))];
  });
  const [spec] = readSpec(component, [...path, "component"]);
  return { type, id: textOf(id) ?? "", path, component: spec, components: new Map(roles), config };
}

function readSpec(value: unknown, path: KeyPath): ComponentSpec[] {
  if (typeof value === "string") return [{ id: value, path }];
  return isTable(value) ? [{ inline: value, path }] : [];
}

/** `<component>-<type>-trigger`, else `<type>-trigger<n>` with the first free number. */
function nameTriggers(triggers: ModelTrigger[]): void {
  const taken = new Set(triggers.map((trigger) => trigger.id));
  const firstFree = freeNames((id) => taken.has(id));
  for (const trigger of triggers) {
    if (trigger.id !== "") continue;
    const natural =
      trigger.component !== undefined && "id" in trigger.component
        ? `${trigger.component.id}-${trigger.type}-trigger`
        : undefined;
    trigger.id = natural !== undefined && !taken.has(natural) ? natural : firstFree(`${trigger.type}-trigger`);
    taken.add(trigger.id);
  }
}

/** Gives `<stem><n>` with the first number that is free. A name that was taken stays so, hence none is tried twice. */
function freeNames(isTaken: (id: string) => boolean): (stem: string) => string {
  const next = new Map<string, number>();
  return (stem) => {
    let number = next.get(stem) ?? 1;
    while (isTaken(`${stem}${number}`)) number++;
    next.set(stem, number);
    return `${stem}${number}`;
  };
}

/** Components written inside triggers become components of the application. Returns their tables by id. */
function moveInlineComponents(model: ManifestModel, report: Report): Record<string, TomlTable> {
  const moved: Record<string, TomlTable> = {};
  const firstFree = freeNames((id) => model.components.has(id));
  for (const trigger of model.triggers) {
    const specs = [
      ...(trigger.component === undefined ? [] : [trigger.component]),
      ...[...trigger.components.values()].flat(),
    ];
    const references = new Map<ComponentSpec, ComponentSpec>();
    for (const spec of specs) {
      if (!("inline" in spec)) continue;
      const natural = `${trigger.id}-component`;
      const usable =
        specs.length === 1 && identifierFault(natural, "kebab") === undefined && !model.components.has(natural);
      const id = usable ? natural : firstFree("inline-component");
      model.components.set(id, readComponent(id, spec.inline, spec.path, 2, report));
      moved[id] = spec.inline;
      references.set(spec, { id, path: spec.path });
    }
    if (trigger.component !== undefined) trigger.component = references.get(trigger.component) ?? trigger.component;
    for (const [role, list] of trigger.components) {
      trigger.components.set(
        role,
        list.map((spec) => references.get(spec) ?? spec),
      );
    }
  }
  return moved;
}

function applyProfile(model: ManifestModel, tables: TomlTable, profile: string, report: Report): void {
  let known = false;
  for (const component of model.components.values()) {
    const overrides = tableOf(tableOf(tables[component.id])["profile"]);
    if (!Object.hasOwn(overrides, profile)) continue;
    known = true;
    override(component, tableOf(overrides[profile]), [...component.path, "profile", profile], report);
  }
  if (!known) {
    report.error("unknown-profile", [], `Profile ${quoted(profile)} is not defined in this application`);
  }
}

function override(component: ModelComponent, table: TomlTable, path: KeyPath, report: Report): void {
  if (Object.hasOwn(table, "source")) component.source = readSource(table["source"], [...path, "source"], report);
  const command = tableOf(table["build"])["command"];
  if (command !== undefined) {
    component.build = { ...component.build, command: textOf(command) ?? textsOf(command) };
  }
  component.environment = { ...component.environment, ...textMapOf(table["environment"]) };
  component.dependencies = { ...component.dependencies, ...tableOf(table["dependencies"]) };
}
