/** What the editor says about the key, the header or the type under the pointer in `runtime-config.toml`. */
import { configKeys } from "../../../runtime/runtime-config/fields.ts";
import { contextAt } from "../spin-toml/context.ts";
import { readDocument } from "../spin-toml/document.ts";
import type { Hover } from "../spin-toml/hover.ts";
import { fieldsOf, variantAt } from "./schema.ts";

const withoutEffect = "It has no effect in a tab.";

/** @param offset In UTF-16 code units. `undefined` where there is nothing to say. */
export function configHoverAt(text: string, offset: number): Hover | undefined {
  const document = readDocument(text);
  const context = contextAt(document, offset);
  if (context.at === "value") {
    const variant = context.path.at(-1) === "type" ? variantAt(document, context.path.slice(0, -1)) : undefined;
    return variant && variant.description !== "" ? { range: context.range, text: variant.description } : undefined;
  }
  if (context.at !== "key" && context.at !== "header") return undefined;
  const { range } = context;
  const name = context.at === "key" ? text.slice(range.start, range.end) : String(context.path[0]);
  const fields = context.at === "key" ? fieldsOf(document, context.table) : configKeys;
  const field = fields.find((one) => one.name === name);
  if (field === undefined) return undefined;
  const isUnread = "form" in field && field.form === "unread";
  return { range, text: `\`${name}\`\n\n${field.description}${isUnread ? ` ${withoutEffect}` : ""}` };
}
