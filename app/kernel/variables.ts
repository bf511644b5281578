import type { Diagnostic } from "../../runtime/diagnostic.ts";
import { PlaygroundError } from "../../runtime/errors.ts";
import { templateVariables } from "../../runtime/manifest/template.ts";
import { missingVariables } from "../../runtime/manifest/variables.ts";
import {
  areFixed,
  declaredOnly,
  fixedValues,
  type VariablesProvider,
} from "../../runtime/manifest/variables-provider.ts";
import type { RuntimeSettings } from "../../runtime/protocol.ts";
import { type CheckedApplication, manifestPath } from "./check.ts";
import type { ApplicationVariable } from "./playground.ts";

/** Values that the person gave to application variables, by name. */
export type VariableValues = Readonly<Record<string, string>>;

/** What the engine gets of runtime config and values. */
export function settingsOf(application: CheckedApplication, values: VariableValues): RuntimeSettings {
  const { keyValueStores, databases, maxInstanceMemory } = application.runtime;
  return {
    variables: providersOf(application, values),
    keyValueStores,
    databases,
    ...(maxInstanceMemory === undefined ? {} : { maxInstanceMemory }),
  };
}

/** Required variables without a value, and the failure that this is. */
export interface MissingVariables {
  names: string[];
  error: PlaygroundError;
}

/**
 * Where the running application gets values from: the runtime config's providers, and after them the person's own values,
 * in the place that the environment has natively.
 */
function providersOf({ lockedApp, runtime }: CheckedApplication, values: VariableValues): VariablesProvider[] {
  return declaredOnly(lockedApp, [...runtime.providers, { type: "static", values: { ...values } }]);
}

/**
 * What Spin looks for before it starts. With a Vault among the providers it looks for nothing, since only an answer to a
 * request tells what is in there.
 */
export function findMissing(application: CheckedApplication, values: VariableValues): MissingVariables | undefined {
  const providers = providersOf(application, values);
  const missing = areFixed(providers) ? missingVariables(application.lockedApp, fixedValues(providers)) : undefined;
  if (missing === undefined) return undefined;
  const diagnostics = missing.names.map((name): Diagnostic => {
    const message = `no provider resolved required variable(s): ["${name}"]. Give it a value in the Variables panel.`;
    return {
      severity: "error",
      code: "missing-variable",
      message,
      file: manifestPath,
      ...application.places.variable(name),
    };
  });
  return { names: missing.names, error: new PlaygroundError("variables-missing", missing.message, { diagnostics }) };
}

/** The application variables of the manifest, in its order. */
export function describeVariables(
  { lockedApp, runtime }: CheckedApplication,
  values: VariableValues,
): ApplicationVariable[] {
  return Object.entries(lockedApp.variables).map(([name, { description, default: fallback, secret = false }]) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const first = runtime.providers.find(
      (provider) => provider.type === "vault" || Object.hasOwn(provider.values, name),
    );
    const own = value !== undefined ? "value" : fallback !== undefined ? "default" : "none";
    return {
      name,
      ...(description === undefined ? {} : { description }),
      ...(fallback === undefined ? {} : { default: fallback }),
      ...(value === undefined ? {} : { value }),
      required: fallback === undefined,
      secret,
      source: first === undefined ? own : first.type === "vault" ? "vault" : "runtime-config",
      usedBy: lockedApp.components
        .filter(({ config = {}, metadata }) =>
          [...Object.values(config), ...(metadata.allowed_outbound_hosts ?? [])].some((template) =>
            templateVariables(template).includes(name),
          ),
        )
        .map(({ id }) => id),
    };
  });
}
