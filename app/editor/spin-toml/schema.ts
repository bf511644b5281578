/** What the field tables say about a place in a manifest. */
import type { Field, ManifestVersion, SectionName, ValueType } from "../../../runtime/manifest/field-types.ts";
import { sections } from "../../../runtime/manifest/fields.ts";
import type { KeyPath } from "../../../runtime/manifest/toml-tree.ts";

/** A table's fields and what it is. Where a value may have several forms there is one for each. */
export interface TableSchema {
  name: SectionName;
  description: string;
  fields: readonly Field[];
}

/** The forms that the value at a path may have; none for a path that manifests do not have. */
export function typesAt(path: KeyPath, version: ManifestVersion): ValueType[] {
  let types: ValueType[] = [{ kind: "table", section: version === 1 ? "manifest-v1" : "manifest" }];
  for (const [depth, key] of path.entries()) {
    types = types.flatMap((type) => inside(type, key, path.slice(0, depth))).flatMap(alternatives);
  }
  return types;
}

/** The tables that a path may be. `present` are its keys: those of one form alone rule out the others. */
export function tablesAt(path: KeyPath, version: ManifestVersion, present: readonly string[] = []): TableSchema[] {
  const tables = typesAt(path, version).flatMap((type) =>
    type.kind === "table" ? [schemaOf(type.section, path)] : [],
  );
  const telling = present.filter((name) => !tables.every(({ fields }) => hasField(fields, name)));
  const meant = tables.filter(({ fields }) => telling.every((name) => hasField(fields, name)));
  return meant.length > 0 ? meant : tables;
}

/** Fields of that name in the tables that enclose it. More than one where forms share a name. */
export function fieldsAt(path: KeyPath, version: ManifestVersion, siblings: readonly string[] = []): Field[] {
  const name = path.at(-1);
  return tablesAt(path.slice(0, -1), version, siblings).flatMap(({ fields }) =>
    fields.filter((field) => field.name === name || (typeof name === "string" && field.aliases?.includes(name))),
  );
}

/** The forms a value may have, one by one. */
export function alternatives(type: ValueType): ValueType[] {
  if (type.kind === "any-of") return type.of.flatMap(alternatives);
  if (type.kind === "one-or-many") return [...alternatives(type.of), { kind: "array", of: type.of }];
  return [type];
}

function inside(type: ValueType, key: string | number, path: KeyPath): ValueType[] {
  switch (type.kind) {
    case "array":
      return typeof key === "number" ? [type.of] : [];
    case "map":
      return [type.of];
    case "table": {
      const field = schemaOf(type.section, path).fields.find(
        ({ name, aliases }) => name === key || (typeof key === "string" && aliases?.includes(key)),
      );
      if (type.section === "component-v1" && key === "trigger") return [{ kind: "table", section: "http-trigger" }];
      return field === undefined ? [] : [field.type];
    }
    default:
      return [];
  }
}

/**
 * A `[[trigger.http]]` has its own settings beside what all triggers have. The trigger of a version 1 component is in that
 * component's table, so it names none.
 */
function schemaOf(name: SectionName, path: KeyPath): TableSchema {
  const { description, fields } = sections[name];
  if (name === "http-trigger")
    return { name, description, fields: fields.filter((field) => !decidesWhoAnswers(field)) };
  if (name !== "trigger" || path[1] !== "http") return { name, description, fields };
  const http = sections["http-trigger"].fields.filter((field) => field.name !== "component");
  return { name, description, fields: [...http, ...fields] };
}

function decidesWhoAnswers({ name }: Field): boolean {
  return name === "component" || name === "static_response";
}

function hasField(fields: readonly Field[], name: string): boolean {
  return fields.some((field) => field.name === name || field.aliases?.includes(name));
}
