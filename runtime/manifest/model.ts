/** A manifest of either version, read but not yet locked. Paths lead back to the text, for messages. */
import type { LockedComponent, LockedVariable } from "./locked-app.ts";
import type { KeyPath } from "./positions.ts";
import { isTable, type TomlTable } from "./shape.ts";

export interface ManifestModel {
  application: {
    name: string;
    version: string;
    description: string;
    authors: string[];
    triggerSettings: Record<string, TomlTable>;
  };
  variables: Map<string, ModelVariable>;
  triggers: ModelTrigger[];
  components: Map<string, ModelComponent>;
}

export interface ModelVariable extends LockedVariable {
  required: boolean;
  path: KeyPath;
}

export interface ModelTrigger {
  type: string;
  /** Empty until one is made up. */
  id: string;
  path: KeyPath;
  component: ComponentSpec | undefined;
  /** By role. */
  components: Map<string, ComponentSpec[]>;
  /** Everything else: settings of the trigger type. */
  config: TomlTable;
}

/** A reference to a component, or the component itself. */
export type ComponentSpec = { path: KeyPath } & ({ id: string } | { inline: TomlTable });

export interface ModelComponent {
  id: string;
  path: KeyPath;
  description: string;
  source: LockedComponent["source"] | undefined;
  /** The field that holds the component's variables: `variables`, in version 1 `config`. */
  variablesField: string;
  variables: Record<string, string>;
  environment: Record<string, string>;
  files: { source: string; path?: string }[];
  excludeFiles: string[];
  allowedHosts: PlacedEntry[];
  keyValueStores: string[];
  databases: string[];
  aiModels: string[];
  build: LockedComponent["metadata"]["build"];
  dependencies: TomlTable;
  inheritsConfiguration: boolean | undefined;
}

/** An entry of a list, and where it stands. */
export interface PlacedEntry {
  text: string;
  path: KeyPath;
}

// The shape was checked before: what is of a wrong type was reported, and is taken as missing here.

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : [];
}

export function tableOf(value: unknown): TomlTable {
  return isTable(value) ? value : {};
}

export function textMapOf(value: unknown): Record<string, string> {
  const entries = Object.entries(tableOf(value));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/** A TOML value as JSON carries it: integers as numbers, dates as text. */
export function jsonOf(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(jsonOf);
  if (isTable(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, jsonOf(item)]));
  return value;
}
