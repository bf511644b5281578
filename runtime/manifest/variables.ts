/** Variables of an application and of its components, as Spin's `expressions` crate resolves them. */
import { quoted } from "./identifiers.ts";
import type { LockedApp } from "./locked-app.ts";
import { fillTemplate } from "./template.ts";

/** `unresolved` says why there is no value, in Spin's words. */
export type VariableValue = { value: string } | { unresolved: string };

/**
 * The value of an application variable: given from outside first, then its default. Bound to an application and its
 * values it is the resolver that `parseAllowedHosts` takes.
 */
export function applicationVariable(
  app: LockedApp,
  values: Readonly<Record<string, string>>,
  name: string,
): string | undefined {
  if (!Object.hasOwn(app.variables, name)) return undefined;
  return Object.hasOwn(values, name) ? values[name] : app.variables[name]?.default;
}

/**
 * Every variable that a component declares, with its value. `values` are application variables given from outside
 * (natively: providers), by name; those that the manifest does not declare are not looked at.
 */
export function resolveVariables(
  app: LockedApp,
  componentId: string,
  values: Readonly<Record<string, string>>,
): Map<string, VariableValue> {
  const component = app.components.find((candidate) => candidate.id === componentId);
  const resolved = new Map<string, VariableValue>();
  for (const [name, template] of Object.entries(component?.config ?? {})) {
    resolved.set(name, resolveTemplate(app, template, values));
  }
  return resolved;
}

/** The value of a template of a component variable. `values` as in `resolveVariables`. */
export function resolveTemplate(
  app: LockedApp,
  template: string,
  values: Readonly<Record<string, string>>,
): VariableValue {
  const filled = fillTemplate(template, (variable) => applicationVariable(app, values, variable));
  if ("value" in filled) return filled;
  if ("fault" in filled) return { unresolved: filled.fault };
  if (!Object.hasOwn(app.variables, filled.missing)) {
    return { unresolved: `invalid variable template: unknown variable ${quoted(filled.missing)}` };
  }
  return { unresolved: `no provider resolved required variable ${quoted(filled.missing)}` };
}

/** Required application variables without a value, in manifest order, and the message with which Spin refuses to start. */
export function missingVariables(
  app: LockedApp,
  values: Readonly<Record<string, string>>,
): { names: string[]; message: string } | undefined {
  const names = Object.keys(app.variables).filter((name) => applicationVariable(app, values, name) === undefined);
  if (names.length === 0) return undefined;
  return { names, message: `no provider resolved required variable(s): [${names.map(quoted).join(", ")}]` };
}

/**
 * Why a name that a component asks for cannot be a variable, as `error::invalid-name` carries it, or `undefined`.
 * Rules of Spin's `expressions::Key`.
 */
export function invalidVariableName(name: string): string | undefined {
  const reason = nameFault(name);
  return reason === undefined ? undefined : `${quoted(name)}: ${reason}`;
}

function nameFault(name: string): string | undefined {
  if (name === "") return "must not be empty";
  const wrong = /[^a-z0-9_]/u.exec(name)?.[0];
  if (wrong !== undefined) {
    return `invalid character '${wrong}'. Variable names may contain only lower-case letters, numbers, and underscores.`;
  }
  if (!/^[a-z]/.test(name)) return "must start with a lowercase ASCII letter";
  if (!/[a-z0-9]$/.test(name)) return "must end with a lowercase ASCII letter or digit";
  if (name.includes("__")) return "must not contain multiple consecutive underscores";
  return undefined;
}

/** What `error::undefined` says of a variable that the component does not declare. */
export function undefinedVariable(componentId: string, variables: ReadonlyMap<string, unknown>, name: string): string {
  if (variables.size === 0) return `no variable for component ${quoted(componentId)}`;
  return `no variable for ${quoted(componentId)}.${quoted(name)}`;
}
