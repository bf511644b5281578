/** A field in words, for the hover and beside a completion. */
import type { Field, ValueType } from "../../../runtime/manifest/field-types.ts";
import { sections } from "../../../runtime/manifest/fields.ts";

/** Markdown: name and type, and what there is to know. */
export function describeField(field: Field): string {
  return `\`${field.name}\`: ${describeType(field.type)}\n\n${explainField(field)}`;
}

/** Markdown: what the field is for, what it is replaced by, whether it must be there, and what holds where it is not. */
export function explainField(field: Field): string {
  const facts = [
    ...(field.required ? ["Required."] : []),
    ...(field.default === undefined ? [] : [`Default: \`${field.default}\`.`]),
    ...(field.aliases === undefined ? [] : [`Older name: \`${field.aliases.join("`, `")}\`.`]),
  ];
  const deprecated = field.deprecated === undefined ? [] : [`**Deprecated.** Write ${replacement(field)} instead.`];
  return [field.description, ...deprecated, facts.join(" ")].filter((part) => part !== "").join("\n\n");
}

/** A type in one line, as a person would say it. */
export function describeType(type: ValueType): string {
  switch (type.kind) {
    case "u16":
      return "integer from 0 to 65535";
    case "identifier":
      return type.of === "label" ? "string (label: kebab-case or snake_case)" : `string (identifier: ${type.of}-case)`;
    case "array":
      return `array of ${describeType(type.of)}`;
    case "map":
      return `table of ${describeType(type.of)}`;
    case "table": {
      const { fields } = sections[type.section];
      // Those of a component would be a paragraph; each is explained where it stands.
      if (fields.length > 6) return "table";
      return `{ ${fields.map(({ name, required }) => (required ? name : `${name}?`)).join(", ")} }`;
    }
    case "free-table":
      return "table";
    case "any-of":
      return type.of.map(describeType).join(" or ");
    case "one-or-many":
      return `${describeType(type.of)}, or an array of them`;
    default:
      return type.kind;
  }
}

/** Most say another field's name; some say in words that there is no other. */
function replacement({ deprecated = "" }: Field): string {
  return /^\w+$/.test(deprecated) ? `\`${deprecated}\`` : deprecated;
}
