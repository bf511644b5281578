/** What the editor offers at the cursor of `runtime-config.toml`. */
import {
  type ConfigField,
  type ConfigKey,
  configKeys,
  type ConfigVariant,
} from "../../../runtime/runtime-config/fields.ts";
import type { TomlRange } from "../../../runtime/manifest/toml-tree.ts";
import type { Completion } from "../spin-toml/completion-item.ts";
import { contextAt } from "../spin-toml/context.ts";
import { type ManifestDocument, readDocument } from "../spin-toml/document.ts";
import { fieldsOf, variantsAt } from "./schema.ts";

/** @param offset In UTF-16 code units. */
export function configCompletionsAt(text: string, offset: number): Completion[] {
  const document = readDocument(text);
  const context = contextAt(document, offset);
  if (context.at === "header") return headers(context.range);
  if (context.at === "value") {
    const isType = context.path.at(-1) === "type";
    return isType ? types(document, variantsAt(context.path.slice(0, -1)), context.range) : [];
  }
  if (context.at !== "key") return [];
  const { table, present, range, hasValue, inline } = context;
  // What is a table is offered as its header.
  const fields = fieldsOf(document, table).filter((field) => !present.includes(field.name) && !isTable(field));
  const keys = fields.map((field): Completion => keyOf(field, range, hasValue));
  return inline || hasValue ? keys : [...keys, ...headers(range)];
}

function isTable(field: ConfigField | ConfigKey): boolean {
  return "form" in field && field.form !== "value";
}

function keyOf(
  { name, description, value = '"$1"', required }: ConfigField,
  range: TomlRange,
  hasValue: boolean,
): Completion {
  return {
    label: name,
    kind: "field",
    insert: hasValue ? name : `${name} = ${value}`,
    range,
    rank: required ? 0 : 1,
    documentation: description,
    ...(name === "type" && !hasValue ? { goesOn: true } : {}),
  };
}

/** Tables of every type that a tab can do something with, with the fields that they need. */
function headers(range: TomlRange): Completion[] {
  return configKeys.flatMap((key) => {
    if (!("variants" in key)) return [];
    const isList = key.form === "list";
    return key.variants
      .filter(({ elsewhere }) => !elsewhere)
      .map(({ type, description, fields }): Completion => {
        const needed = fields.filter(({ required }) => required);
        let place = isList ? 0 : 1;
        const next = (value: string): string =>
          value.replace(/\$(\{)?\d/g, (_, brace?: string) => `$${brace ?? ""}${++place}`);
        const lines = needed.map(({ name, value = '"$1"' }) => `${name} = ${next(value)}\n`);
        const [open, close] = isList ? [`[[${key.name}`, "]]"] : [`[${key.name}.`, "]"];
        return {
          label: `${open}${isList ? "" : "<label>"}${close} ${type}`,
          kind: "table",
          insert: `${open}${isList ? "" : "${1:default}"}${close}\ntype = "${type}"\n${lines.join("")}$0`,
          range,
          rank: 2,
          documentation: description,
        };
      });
  });
}

function types({ text }: ManifestDocument, variants: readonly ConfigVariant[], range: TomlRange): Completion[] {
  const inString = text[range.start - 1] === '"' || text[range.start - 1] === "'";
  return variants
    .filter(({ elsewhere }) => !elsewhere)
    .map(({ type, description }, rank): Completion => {
      const label = inString ? type : JSON.stringify(type);
      return { label, kind: "value", insert: label, range, rank, documentation: description };
    });
}
