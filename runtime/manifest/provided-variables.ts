/** Variables of components whose values come from providers, as Spin resolves them: each time that one is read. */
import { type AllowedHosts, parseAllowedHosts } from "./allowed-hosts.ts";
import type { LockedApp, LockedComponent } from "./locked-app.ts";
import { templateVariables } from "./template.ts";
import { applicationVariable, resolveTemplate, resolveVariables, type VariableValue } from "./variables.ts";
import { areFixed, fixedValues, type ReadVault, type VariablesProvider } from "./variables-provider.ts";

/** Something that a Vault has to be asked for. */
export interface Asked<Result> {
  ask(read: ReadVault): Promise<Result>;
}

/** Allowed hosts with variables of a Vault in them. `known` are those that hold whatever it says. */
export interface AskedHosts extends Asked<AllowedHosts> {
  known: AllowedHosts;
}

/** What a component gets when it reads a variable. */
export type ComponentVariable = VariableValue | Asked<VariableValue>;

/** Every variable that a component declares. Those that no Vault can have a say in have their value already. */
export function componentVariables(
  app: LockedApp,
  componentId: string,
  providers: readonly VariablesProvider[],
): Map<string, ComponentVariable> {
  if (areFixed(providers)) return resolveVariables(app, componentId, fixedValues(providers));
  const component = app.components.find((candidate) => candidate.id === componentId);
  const variables = new Map<string, ComponentVariable>();
  for (const [name, template] of Object.entries(component?.config ?? {})) {
    const names = templateVariables(template);
    if (!names.some((variable) => mustAsk(app, providers, variable))) {
      variables.set(name, resolveTemplate(app, template, fixedValues(providers)));
      continue;
    }
    variables.set(name, {
      async ask(read) {
        const found = await providedValues(app, names, providers, read);
        return "failure" in found ? { unresolved: found.failure } : resolveTemplate(app, template, found.values);
      },
    });
  }
  return variables;
}

/** `allowed_outbound_hosts` of a component. With a Vault in a template of theirs they are read anew by each request. */
export function componentHosts(
  app: LockedApp,
  component: LockedComponent,
  providers: readonly VariablesProvider[],
): AllowedHosts | AskedHosts {
  const list = component.metadata.allowed_outbound_hosts ?? [];
  const parse = (values: Readonly<Record<string, string>>): AllowedHosts =>
    parseAllowedHosts(list, (name) => applicationVariable(app, values, name));
  const names = list.flatMap(templateVariables);
  const asks = (name: string): boolean => mustAsk(app, providers, name);
  if (!names.some(asks)) return parse(fixedValues(providers));
  return {
    known: parseAllowedHosts(
      list.filter((entry) => !templateVariables(entry).some(asks)),
      (name) => applicationVariable(app, fixedValues(providers), name),
    ),
    async ask(read) {
      const found = await providedValues(app, names, providers, read);
      // What the Vault failed with is in the log; an entry without its value allows nothing.
      return parse("failure" in found ? found.before : found.values);
    },
  };
}

/** Whether a Vault comes before the first provider that is known to have a value. */
function mustAsk(app: LockedApp, providers: readonly VariablesProvider[], name: string): boolean {
  if (!Object.hasOwn(app.variables, name)) return false;
  const first = providers.find((provider) => provider.type === "vault" || Object.hasOwn(provider.values, name));
  return first?.type === "vault";
}

type Provided =
  | { values: Record<string, string> }
  /** `before`: the values that were found before it failed. */
  | { failure: string; before: Record<string, string> };

/** Values of application variables, one after the other; ends at the first failure, as Spin does. */
async function providedValues(
  app: LockedApp,
  names: readonly string[],
  providers: readonly VariablesProvider[],
  read: ReadVault,
): Promise<Provided> {
  const values: Record<string, string> = {};
  for (const name of new Set(names)) {
    if (!Object.hasOwn(app.variables, name)) continue;
    for (const provider of providers) {
      const answer =
        provider.type === "static" ? { value: ownValue(provider.values, name) } : await read(provider, name);
      if ("failure" in answer) return { failure: answer.failure, before: values };
      if (answer.value === undefined) continue;
      values[name] = answer.value;
      break;
    }
  }
  return { values };
}

function ownValue(values: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
