import type { KeyPath } from "../manifest/positions.ts";
import type { Report } from "../manifest/report.ts";
import { expectedNames, invalidType, isTable, type TomlTable } from "../manifest/shape.ts";
import { providerVariants } from "./fields.ts";
import type { VariablesProvider } from "../manifest/variables-provider.ts";

const types = providerVariants.map(({ type }) => type);
/** What newer versions of Spin call the same provider for another server. */
const vaultAlias = "open_bao";

/** Reads `[[variables_provider]]`. Only providers that can give values here come back; of the others the report tells. */
export function readProviders(value: unknown, path: KeyPath, report: Report): VariablesProvider[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    invalidType(value, "a sequence", path, report);
    return [];
  }
  return value.flatMap((table: unknown, index) => readProvider(table, [...path, index], report) ?? []);
}

function readProvider(table: unknown, path: KeyPath, report: Report): VariablesProvider | undefined {
  if (!isTable(table)) {
    invalidType(table, "internally tagged enum VariableProviderConfiguration", path, report);
    return undefined;
  }
  const fields = new Fields(table, path, report);
  const type = fields.required("type");
  switch (type) {
    case undefined:
      return undefined;
    case "static":
      return readStatic(table["values"], path, report);
    case "vault":
    case vaultAlias:
      return readVault(fields);
    case "env":
      fields.allow("env");
      fields.optional("prefix");
      fields.optional("dotenv_path");
      report.warning(
        "not-in-a-tab",
        [...path, "type"],
        "A browser tab has no environment variables and no .env file, so this provider gives no values here. " +
          "The Variables panel takes the place of the environment, after all providers of this file.",
      );
      return undefined;
    case "azure_key_vault":
      report.error(
        "not-in-a-tab",
        [...path, "type"],
        "Azure Key Vault is not there in a browser tab. Take this provider out of the file and give the values in the " +
          "Variables panel, or run the application with native Spin.",
      );
      return undefined;
    default: {
      const message = `unknown variant \`${type}\`, ${expectedNames(types)}`;
      report.error("invalid-value", [...path, "type"], message);
      return undefined;
    }
  }
}

function readStatic(values: unknown, path: KeyPath, report: Report): VariablesProvider | undefined {
  if (values === undefined) {
    report.error("missing-field", path, "missing field `values`");
    return undefined;
  }
  if (!isTable(values)) {
    invalidType(values, "a map", [...path, "values"], report);
    return undefined;
  }
  const texts: Record<string, string> = {};
  for (const [name, text] of Object.entries(values)) {
    if (typeof text === "string") texts[name] = text;
    else invalidType(text, "a string", [...path, "values", name], report);
  }
  return { type: "static", values: texts };
}

function readVault(fields: Fields): VariablesProvider | undefined {
  fields.allow("vault");
  const [url, token, mount] = [fields.required("url"), fields.required("token"), fields.required("mount")];
  const prefix = fields.optional("prefix");
  if (url === undefined || token === undefined || mount === undefined) return undefined;
  return { type: "vault", url, token, mount, ...(prefix === undefined ? {} : { prefix }) };
}

/** The texts of one table, and what is wrong with them. */
class Fields {
  readonly #table: TomlTable;
  readonly #path: KeyPath;
  readonly #report: Report;

  constructor(table: TomlTable, path: KeyPath, report: Report) {
    this.#table = table;
    this.#path = path;
    this.#report = report;
  }

  /** Reports every field but those of this type of provider. */
  allow(type: string): void {
    const names = providerVariants.find((variant) => variant.type === type)?.fields.map(({ name }) => name) ?? [];
    for (const key of Object.keys(this.#table)) {
      if (key === "type" || names.includes(key)) continue;
      const message = `unknown field \`${key}\`, ${expectedNames(names)}`;
      this.#report.keyError("unknown-field", [...this.#path, key], message);
    }
  }

  required(name: string): string | undefined {
    if (!Object.hasOwn(this.#table, name)) {
      this.#report.error("missing-field", this.#path, `missing field \`${name}\``);
      return undefined;
    }
    return this.optional(name);
  }

  optional(name: string): string | undefined {
    const value = this.#table[name];
    if (value === undefined || typeof value === "string") return value;
    invalidType(value, "a string", [...this.#path, name], this.#report);
    return undefined;
  }
}
