/** Turns a read manifest into the locked application, checking what only the whole can tell (Spin's `loader` crate). */
import { checkAllowedHosts, isForServiceChaining } from "./allowed-hosts.ts";
import { checkDependencies } from "./dependencies.ts";
import { checkHttpTrigger } from "./http-trigger.ts";
import { quoted } from "./identifiers.ts";
import type { LockedApp, LockedComponent, LockedTrigger, LockedVariable } from "./locked-app.ts";
import { type ComponentSpec, jsonOf, type ManifestModel, type ModelComponent, type ModelTrigger } from "./model.ts";
import type { Report } from "./report.ts";
import { parseTemplate } from "./template.ts";

/** Reports faults, and gives an application that is whole only if none was reported. */
export function lockManifest(model: ManifestModel, report: Report): LockedApp {
  checkTriggers(model, report);
  for (const component of model.components.values()) {
    checkTemplates(component, model, report);
    checkHosts(component, model, report);
  }
  checkDependencies(model, report);
  const entries = [...model.components.values()].flatMap((component) => component.allowedHosts);
  const chained = entries.some(({ text }) => isForServiceChaining(text));
  const expand = chainingExpander(model);
  return {
    spin_lock_version: chained ? 1 : 0,
    ...(chained ? { must_understand: ["host_requirements"] } : {}),
    metadata: lockMetadata(model),
    ...(chained ? { host_requirements: { local_service_chaining: "required" } } : {}),
    variables: Object.fromEntries([...model.variables].map(([name, variable]) => [name, lockVariable(variable)])),
    triggers: model.triggers.map(lockTrigger),
    components: [...model.components.values()].map((component) => lockComponent(component, expand)),
  };
}

function checkTriggers(model: ManifestModel, report: Report): void {
  for (const trigger of model.triggers) {
    if (trigger.type === "http") checkHttpTrigger(trigger, report);
    else if (trigger.component === undefined && trigger.components.size === 0) {
      const message = `trigger ${quoted(trigger.id)} missing 'component' config field`;
      report.error("invalid-trigger", trigger.path, message);
    }
    const specs = [trigger.component, ...[...trigger.components.values()].flat()];
    for (const spec of specs) {
      if (spec === undefined || !("id" in spec) || model.components.has(spec.id)) continue;
      const message = `missing component ${quoted(spec.id)} configured for trigger ${quoted(trigger.id)}`;
      report.error("unknown-component", spec.path, message);
    }
  }
}

function checkTemplates(component: ModelComponent, model: ManifestModel, report: Report): void {
  for (const [name, template] of Object.entries(component.variables)) {
    const path = [...component.path, component.variablesField, name];
    const parsed = parseTemplate(template);
    if ("fault" in parsed) {
      report.error("invalid-template", path, parsed.fault);
      continue;
    }
    for (const part of parsed.parts) {
      if ("literal" in part || model.variables.has(part.variable)) continue;
      const message = `invalid variable template: unknown variable ${quoted(part.variable)}`;
      report.error("invalid-template", path, message);
    }
  }
}

function checkHosts(component: ModelComponent, model: ManifestModel, report: Report): void {
  const list = component.allowedHosts.map(({ text }) => text);
  for (const { index, message } of checkAllowedHosts(list, (name) => model.variables.get(name)?.default)) {
    const path = component.allowedHosts[index]?.path ?? component.path;
    report.error("invalid-allowed-host", path, `\`allowed_outbound_hosts\` is malformed: ${message}`);
  }
}

function lockMetadata({ application, triggers }: ManifestModel): LockedApp["metadata"] {
  const { name, version, description, authors } = application;
  const settings = Object.entries(application.triggerSettings).map(
    ([type, value]): [string, Record<string, unknown>] => [type, jsonTable(value)],
  );
  const byType = Object.fromEntries(settings);
  const types = new Set(triggers.map((trigger) => trigger.type));
  const [type] = types;
  return {
    name,
    ...(version === "" ? {} : { version }),
    ...(description === "" ? {} : { description }),
    ...(authors.length === 0 ? {} : { authors }),
    triggers: byType,
    ...(types.size === 1 && type !== undefined ? { trigger: { ...byType[type], type } } : {}),
  };
}

function jsonTable(table: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, jsonOf(value)]));
}

function lockVariable(variable: LockedVariable): LockedVariable {
  const { description, default: fallback, secret } = variable;
  return {
    ...(description === undefined ? {} : { description }),
    ...(fallback === undefined ? {} : { default: fallback }),
    ...(secret === true ? { secret } : {}),
  };
}

function lockTrigger({ id, type, component, components, config }: ModelTrigger): LockedTrigger {
  const reference = component === undefined ? undefined : idOf(component);
  const roles = [...components].map(([role, specs]) => [role, specs.map(idOf)]);
  return {
    id,
    trigger_type: type,
    trigger_config: {
      ...jsonTable(config),
      ...(reference === undefined ? {} : { component: reference }),
      ...(roles.length === 0 ? {} : { components: Object.fromEntries(roles) }),
    },
  };
}

function idOf(spec: ComponentSpec): string {
  // Inline components were moved out before; one that is left was refused.
  return "id" in spec ? spec.id : "";
}

function lockComponent(component: ModelComponent, expand: (entries: readonly string[]) => string[]): LockedComponent {
  const { id, description, build } = component;
  const lists = {
    allowed_outbound_hosts: expand(component.allowedHosts.map(({ text }) => text)),
    key_value_stores: component.keyValueStores,
    databases: component.databases,
    ai_models: component.aiModels,
  };
  return {
    id,
    metadata: {
      ...(description === "" ? {} : { description }),
      ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
      ...(build === undefined ? {} : { build }),
    },
    source: component.source ?? { content_type: "application/wasm" },
    ...(isEmpty(component.environment) ? {} : { env: component.environment }),
    ...(isEmpty(component.variables) ? {} : { config: component.variables }),
    ...(component.files.length === 0 ? {} : { files: component.files }),
    ...(component.excludeFiles.length === 0 ? {} : { exclude_files: component.excludeFiles }),
    ...(isEmpty(component.dependencies) ? {} : { dependencies: jsonTable(component.dependencies) }),
    ...(component.inheritsConfiguration === undefined
      ? {}
      : { dependencies_inherit_configuration: component.inheritsConfiguration }),
  };
}

/**
 * `*.spin.internal` stands for the components of this application, and no others. Components with the same entries share one
 * list: each with one of its own would take the square of their number.
 */
function chainingExpander({ components }: ManifestModel): (entries: readonly string[]) => string[] {
  const wildcard = "://*.spin.internal";
  const lists = new Map<string, string[]>();
  const expand = (entry: string): string[] =>
    entry.includes(wildcard) && isForServiceChaining(entry)
      ? [...components.keys()].map((id) => entry.replace(wildcard, `://${id}.spin.internal`))
      : [entry];
  return (entries) => {
    const key = JSON.stringify(entries);
    const list = lists.get(key) ?? entries.flatMap(expand);
    lists.set(key, list);
    return list;
  };
}

function isEmpty(record: Record<string, unknown>): boolean {
  return Object.keys(record).length === 0;
}
