/** What the field tables of `fields.ts` are made of. The parser checks manifests against them; the editor completes by them. */
import type { IdentifierKind } from "./identifiers.ts";

export type ManifestVersion = 1 | 2;

export type ValueType =
  /** `integer` with a name is one of Rust's sized types, whose range is checked. */
  | { kind: "string" | "boolean" | "u16" }
  /** A string that obeys a rule; the message is Spin's. */
  | { kind: "identifier"; of: IdentifierKind | "label" }
  | { kind: "array"; of: ValueType }
  /** A table with free keys. */
  | { kind: "map"; of: ValueType; keys?: IdentifierKind }
  | { kind: "table"; section: SectionName }
  /** A table of anything, left to others. */
  | { kind: "free-table" }
  /** A value whose form decides what it is. `name` is what Spin's message calls it. */
  | { kind: "any-of"; name: string; of: readonly ValueType[] }
  /** One value, or an array of such values. */
  | { kind: "one-or-many"; of: ValueType };

/** Names of the sections of `fields.ts`. */
export type SectionName =
  | "manifest"
  | "manifest-v1"
  | "application"
  | "trigger-v1"
  | "variable"
  | "trigger"
  | "http-trigger"
  | "component"
  | "component-v1"
  | "profile"
  | "build"
  | "profile-build"
  | "source-url"
  | "source-package"
  | "file-placement"
  | "target-url"
  | "target-path"
  | "static-response"
  | "private-route"
  | "executor-http"
  | "executor-wagi"
  | "dependency-package"
  | "dependency-path"
  | "dependency-url"
  | "dependency-component";

export interface Field {
  name: string;
  type: ValueType;
  required: boolean;
  /** As it would be written in the manifest. Missing where leaving the field out means that there is none. */
  default?: string;
  /** One line, shown on completion and hover. */
  description: string;
  /** Manifest versions that have the field. */
  versions: readonly ManifestVersion[];
  /** What to write instead. */
  deprecated?: string;
  /** Older spellings that are still read. */
  aliases?: readonly string[];
}

export interface Section {
  /** The name of Spin's type for the section, as its messages give it. */
  struct: string;
  description: string;
  /** Whether fields that are not listed are kept: settings of a trigger type. */
  open?: boolean;
  fields: readonly Field[];
}
