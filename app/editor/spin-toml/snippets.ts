import type { ValueType } from "../../../runtime/manifest/field-types.ts";
import { sections } from "../../../runtime/manifest/fields.ts";
import { alternatives } from "./schema.ts";

/** A value of the type as a snippet, with the cursor where the person goes on typing. */
export function snippetOf(type: ValueType): string {
  const [first = type] = alternatives(type);
  switch (first.kind) {
    case "boolean":
      return "${0:true}";
    case "u16":
      return "${0:200}";
    case "array":
      return isText(first.of) ? '["$0"]' : "[$0]";
    case "table": {
      const required = sections[first.section].fields.filter((field) => field.required);
      const pairs = required.map(({ name }, index) => `${name} = "$${index === required.length - 1 ? 0 : index + 1}"`);
      return pairs.length === 0 ? "{ $0 }" : `{ ${pairs.join(", ")} }`;
    }
    case "map":
    case "free-table":
      return "{ $0 }";
    default:
      return '"$0"';
  }
}

function isText(type: ValueType): boolean {
  const [first = type] = alternatives(type);
  return first.kind === "string" || first.kind === "identifier";
}
