/** `runtime-config.toml` in, what the engine can do with it out (natively: `spin up --runtime-config-file`). */
import { parse, TomlError } from "smol-toml";
import type { Diagnostic } from "../diagnostic.ts";
import { byPosition, syntaxError } from "../manifest/parse-manifest.ts";
import { PositionIndex } from "../manifest/positions.ts";
import { Report } from "../manifest/report.ts";
import type { TomlTable } from "../manifest/shape.ts";
import type { VariablesProvider } from "../manifest/variables-provider.ts";
import { configKeys } from "./fields.ts";
import { readProviders } from "./read-providers.ts";
import { readDatabases, readStores, warnOfOthers } from "./read-stores.ts";

export interface RuntimeConfig {
  /** In their order. Natively the environment comes after them; here that is the variables panel. */
  providers: VariablesProvider[];
  /** Labels of key-value stores that are backed: those of type `spin`, and `default` unless it is of another type. */
  keyValueStores: string[];
  /** The same of SQLite databases. */
  databases: string[];
  /** Bytes; natively of everything that an instance holds, here of its memory. */
  maxInstanceMemory?: number;
}

export type RuntimeConfigResult = { config: RuntimeConfig; warnings: Diagnostic[] } | { diagnostics: Diagnostic[] };

/** Keys that Spin reads whose tables mean nothing in a tab, or are read here. */
const knownKeys: ReadonlySet<string> = new Set(configKeys.map(({ name }) => name));
/** The older name of `variables_provider`, read only where that is missing. */
const oldProviderKey = "config_provider";

/**
 * Never throws for a wrong file: `diagnostics` then has every error found, with Spin's wording, and the warnings. What is
 * right and has no counterpart in a browser tab is a warning where the application can do without it. `file` is only for
 * the messages.
 */
export function parseRuntimeConfig(text: string, file = "runtime-config.toml"): RuntimeConfigResult {
  let root: TomlTable;
  try {
    root = parse(text, { integersAsBigInt: true });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { diagnostics: [syntaxError(error, file)] };
  }
  const report = new Report(file, new PositionIndex(text));
  const providerKey = Object.hasOwn(root, "variables_provider") ? "variables_provider" : oldProviderKey;
  const providers = readProviders(root[providerKey], [providerKey], report);
  const keyValueStores = readStores(root["key_value_store"], report);
  const databases = readDatabases(root["sqlite_database"], report);
  const maxInstanceMemory = readMemory(root["max_instance_memory"], report);
  warnOfOthers(root, report);
  checkKeys(root, providerKey, report);
  if (report.errors.length > 0) return { diagnostics: [...report.errors, ...report.warnings].sort(byPosition) };
  const memory = maxInstanceMemory === undefined ? {} : { maxInstanceMemory };
  return { config: { providers, keyValueStores, databases, ...memory }, warnings: report.warnings.sort(byPosition) };
}

function checkKeys(root: TomlTable, providerKey: string, report: Report): void {
  const unused = Object.keys(root).filter((key) => !knownKeys.has(key) && key !== providerKey);
  const [first] = unused;
  if (first === undefined) return;
  report.keyError("unused-key", [first], `unused runtime config key(s): ${unused.join(", ")}`);
}

/** Anything but an integer is passed over, as Spin does. */
function readMemory(value: unknown, report: Report): number | undefined {
  if (typeof value !== "bigint") return undefined;
  if (value >= 0n) return Number(value);
  report.error("invalid-value", ["max_instance_memory"], "out of range integral type conversion attempted");
  return undefined;
}
