/** Where values of application variables come from, beside their defaults: what natively is a provider of variables. */
import { quoted } from "./identifiers.ts";
import type { LockedApp } from "./locked-app.ts";

export type VariablesProvider = StaticProvider | VaultProvider;

/** Values by name: those of the variables panel, or of a `static` provider of the runtime config. */
export interface StaticProvider {
  type: "static";
  values: Record<string, string>;
}

/** A key-value engine (version 2) of a HashiCorp Vault or an OpenBao, reached over HTTP. */
export interface VaultProvider {
  type: "vault";
  /** Of the server, without the path of its interface. */
  url: string;
  token: string;
  /** Where the engine is mounted. */
  mount: string;
  /** Path below the mount in which the secrets are; without it they are at the mount itself. */
  prefix?: string;
}

/** `value` is undefined when the Vault has no such secret. `failure` is what the guest is told. */
export type VaultAnswer = { value: string | undefined } | { failure: string };
/** Asks a Vault for the value of a variable. Never rejects. */
export type ReadVault = (provider: VaultProvider, name: string) => Promise<VaultAnswer>;

/** Whether it is known beforehand what the providers say. Spin calls those with a Vault dynamic. */
export function areFixed(providers: readonly VariablesProvider[]): providers is readonly StaticProvider[] {
  return providers.every(({ type }) => type === "static");
}

/** The values of all providers that need not be asked; of two values of one name, that of the first provider. */
export function fixedValues(providers: readonly VariablesProvider[]): Record<string, string> {
  const all = providers.toReversed().map((provider) => (provider.type === "static" ? provider.values : {}));
  return Object.assign({}, ...all) as Record<string, string>;
}

/** The providers with nothing but values of variables that the application declares. */
export function declaredOnly(app: LockedApp, providers: readonly VariablesProvider[]): VariablesProvider[] {
  return keepValues(providers, (name) => Object.hasOwn(app.variables, name));
}

/**
 * The providers without what is secret: values of variables with `secret = true`, and Vaults, whose token is. `withheld`
 * says for the person what was left out.
 */
export function withoutSecrets(
  app: LockedApp,
  providers: readonly VariablesProvider[],
): { providers: VariablesProvider[]; withheld: string[] } {
  const isSecret = (name: string): boolean => app.variables[name]?.secret === true;
  const names = Object.keys(fixedValues(providers)).filter(isSecret);
  const vaults = providers.filter((provider) => provider.type === "vault");
  return {
    providers: keepValues(
      providers.filter(({ type }) => type === "static"),
      (name) => !isSecret(name),
    ),
    withheld: [
      ...names.map((name) => `the secret variable ${quoted(name)}`),
      ...vaults.map(({ url }) => `the token of the Vault at ${url}`),
    ],
  };
}

function keepValues(providers: readonly VariablesProvider[], keep: (name: string) => boolean): VariablesProvider[] {
  return providers.map((provider) => {
    if (provider.type !== "static") return provider;
    return {
      type: "static",
      values: Object.fromEntries(Object.entries(provider.values).filter(([name]) => keep(name))),
    };
  });
}
