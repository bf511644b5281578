/** Checks a parsed TOML value against the field tables. Messages are those of serde and of Spin's own checks. */
import type { SectionName, ValueType } from "./field-types.ts";
import { sections } from "./fields.ts";
import { identifierFault, labelFault, quoted } from "./identifiers.ts";
import type { KeyPath } from "./positions.ts";
import type { Report } from "./report.ts";

export type TomlTable = Record<string, unknown>;

export function isTable(value: unknown): value is TomlTable {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** Reports everything in `value` that is not of the type. */
export function checkShape(value: unknown, type: ValueType, path: KeyPath, report: Report): void {
  switch (type.kind) {
    case "string":
      if (typeof value !== "string") invalidType(value, "a string", path, report);
      return;
    case "boolean":
      if (typeof value !== "boolean") invalidType(value, "a boolean", path, report);
      return;
    case "u16":
      if (typeof value !== "bigint") invalidType(value, "u16", path, report);
      else if (value < 0n || value > 65_535n) {
        report.error("invalid-value", path, `invalid value: integer \`${value}\`, expected u16`);
      }
      return;
    case "identifier":
      if (typeof value !== "string") invalidType(value, "a string", path, report);
      else checkIdentifier(value, type.of, path, report);
      return;
    case "array":
      if (!Array.isArray(value)) return invalidType(value, "a sequence", path, report);
      for (const [index, item] of value.entries()) checkShape(item, type.of, [...path, index], report);
      return;
    case "map":
      if (!isTable(value)) return invalidType(value, "a map", path, report);
      for (const [key, item] of Object.entries(value)) {
        const fault = type.keys === undefined ? undefined : identifierFault(key, type.keys);
        if (fault !== undefined) report.keyError("invalid-identifier", [...path, key], fault);
        checkShape(item, type.of, [...path, key], report);
      }
      return;
    case "free-table":
      if (!isTable(value)) invalidType(value, "a map", path, report);
      return;
    case "table":
      return checkSection(value, type.section, path, report);
    case "one-or-many":
      if (Array.isArray(value)) checkShape(value, { kind: "array", of: type.of }, path, report);
      else checkShape(value, type.of, path, report);
      return;
    case "any-of":
      return checkAlternatives(value, type, path, report);
  }
}

/** Reports missing, unknown and ill-typed fields of a table. */
export function checkSection(value: unknown, name: SectionName, path: KeyPath, report: Report): void {
  const section = sections[name];
  if (!isTable(value)) return invalidType(value, `struct ${section.struct}`, path, report);
  for (const field of section.fields) {
    const key = [field.name, ...(field.aliases ?? [])].find((key) => Object.hasOwn(value, key));
    if (key !== undefined) checkShape(value[key], field.type, [...path, key], report);
    else if (field.required) report.error("missing-field", path, `missing field \`${field.name}\``);
  }
  if (section.open === true) return;
  for (const key of Object.keys(value)) {
    if (section.fields.some((field) => field.name === key || field.aliases?.includes(key))) continue;
    const expected = expectedNames(section.fields.map((field) => field.name));
    report.keyError("unknown-field", [...path, key], `unknown field \`${key}\`, ${expected}`);
  }
}

/** `expected one of …`, as serde ends a message about a name that it does not know. */
export function expectedNames(names: string[]): string {
  const [first, second, ...others] = names.map((name) => `\`${name}\``);
  if (first === undefined) return "there are no fields";
  if (second === undefined) return `expected ${first}`;
  if (others.length === 0) return `expected ${first} or ${second}`;
  return `expected one of ${[first, second, ...others].join(", ")}`;
}

function checkIdentifier(value: string, of: string, path: KeyPath, report: Report): void {
  const kind = of === "kebab" || of === "snake" || of === "lower-snake" ? of : undefined;
  const fault = kind === undefined ? labelFault(value) : identifierFault(value, kind);
  if (fault !== undefined) report.error("invalid-identifier", path, fault);
}

/**
 * Spin tries the alternatives one after the other and, when none fits, can only say so. Here the alternative that the
 * person means is picked by its form first, so that a fault inside it is named at its own place.
 */
function checkAlternatives(
  value: unknown,
  type: Extract<ValueType, { kind: "any-of" }>,
  path: KeyPath,
  report: Report,
): void {
  const meant = type.of.find((alternative) => looksLike(value, alternative));
  if (meant !== undefined) return checkShape(value, meant, path, report);
  const forms = type.of.map(describeForm).join(", or ");
  report.error("invalid-type", path, `data did not match any variant of untagged enum ${type.name}; expected ${forms}`);
}

function looksLike(value: unknown, type: ValueType): boolean {
  switch (type.kind) {
    case "string":
    case "identifier":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "u16":
      return typeof value === "bigint";
    case "array":
      return Array.isArray(value);
    case "table": {
      if (!isTable(value)) return false;
      // Without a type, only that is wrong; WAGI has all the other fields.
      if (type.section === "executor-wagi") return true;
      if (type.section === "executor-http") return Object.hasOwn(value, "type") && value["type"] !== "wagi";
      // The first required field is what tells one alternative from the others.
      const mark = sections[type.section].fields.find((field) => field.required);
      return type.section === "component" || mark === undefined || Object.hasOwn(value, mark.name);
    }
    case "map":
    case "free-table":
      return isTable(value);
    default:
      return true;
  }
}

function describeForm(type: ValueType): string {
  if (type.kind === "table") {
    const names = sections[type.section].fields.filter((field) => field.required).map((field) => field.name);
    return `{ ${names.join(", ")} }`;
  }
  return type.kind === "array" ? "an array" : type.kind === "boolean" ? "a boolean" : "a string";
}

/** Reports a value of another type, in serde's words. */
export function invalidType(value: unknown, expected: string, path: KeyPath, report: Report): void {
  report.error("invalid-type", path, `invalid type: ${describeValue(value)}, expected ${expected}`);
}

function describeValue(value: unknown): string {
  if (typeof value === "string") return `string ${quoted(value)}`;
  if (typeof value === "bigint") return `integer \`${value}\``;
  if (typeof value === "number") return `floating point \`${value}\``;
  if (typeof value === "boolean") return `boolean \`${value}\``;
  if (Array.isArray(value)) return "sequence";
  return value instanceof Date ? "datetime" : "map";
}
