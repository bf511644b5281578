import type { Field, ManifestVersion } from "../../../runtime/manifest/field-types.ts";
import type { Completion } from "./completion-item.ts";
import type { CursorContext } from "./context.ts";
import { describeType, explainField } from "./describe-field.ts";
import type { ManifestDocument } from "./document.ts";
import { stringsFor } from "./known-strings.ts";
import { tablesAt } from "./schema.ts";
import { snippetOf } from "./snippets.ts";

/** Fields that the table does not have yet: required ones first, deprecated ones last. */
export function keyCompletions(
  document: ManifestDocument,
  { table, present, range, hasValue }: Extract<CursorContext, { at: "key" }>,
): Completion[] {
  const { version } = document;
  const taken = new Set(present);
  const fields = tablesAt(table, version, present).flatMap((schema) => schema.fields);
  const names = new Set<string>();
  return fields.flatMap((field): Completion[] => {
    const { name, aliases, required, deprecated } = field;
    if (names.has(name) || taken.has(name) || aliases?.some((alias) => taken.has(alias))) return [];
    if (!field.versions.includes(version) || (table.length === 0 && asHeaders[version].includes(name))) return [];
    names.add(name);
    return [
      {
        label: name,
        kind: "field",
        insert: hasValue ? name : `${name} = ${valueSnippet(field)}`,
        range,
        rank: deprecated === undefined ? (required ? 0 : 1) : 3,
        detail: describeType(field.type),
        documentation: explainField(field),
        ...(deprecated === undefined ? {} : { deprecated: true }),
        ...(hasValue || stringsFor([...table, name], document).length === 0 ? {} : { goesOn: true }),
      },
    ];
  });
}

function valueSnippet({ name, type }: Field): string {
  return name === "spin_manifest_version" && type.kind === "u16" ? "2" : snippetOf(type);
}

/** At the root these are written as headers, which are offered beside the keys. */
const asHeaders: Record<ManifestVersion, readonly string[]> = {
  1: ["variables", "component"],
  2: ["application", "variables", "trigger", "component"],
};
