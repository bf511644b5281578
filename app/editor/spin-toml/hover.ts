/** What the editor says about the key or header under the pointer. */
import type { KeyPath, TomlRange, TomlSection } from "../../../runtime/manifest/toml-tree.ts";
import { sections } from "../../../runtime/manifest/fields.ts";
import { contextAt } from "./context.ts";
import { describeField, describeType } from "./describe-field.ts";
import { readDocument } from "./document.ts";
import { fieldsAt, typesAt } from "./schema.ts";

export interface Hover {
  range: TomlRange;
  /** Markdown. */
  text: string;
}

/** @param offset In UTF-16 code units. `undefined` where there is nothing to say. */
export function hoverAt(text: string, offset: number): Hover | undefined {
  const document = readDocument(text);
  const context = contextAt(document, offset);
  if (context.at === "key") {
    const { table, range, present } = context;
    const name = document.pairs.flatMap(({ keys }) => keys).find(({ start }) => start === range.start)?.name;
    return name === undefined ? undefined : describe([...table, name], range, present, document.version);
  }
  if (context.at !== "header" || context.key === undefined) return undefined;
  const { start, end } = context.key;
  const section = document.sections.find(({ header }) => header?.start === context.range.start);
  return section && describe(pathOfKey(section, start), { start, end }, [], document.version);
}

function describe(path: KeyPath, range: TomlRange, present: readonly string[], version: 1 | 2): Hover | undefined {
  const fields = fieldsAt(path, version, [...present, String(path.at(-1))]);
  if (fields.length > 0) {
    const texts = new Set(fields.map(describeField));
    return { range, text: [...texts].join("\n\n---\n\n") };
  }
  const [type] = typesAt(path, version);
  if (type === undefined) return undefined;
  const what = type.kind === "table" ? sections[type.section].description : `${describeType(type)}.`;
  return { range, text: `\`${path.join(".")}\`\n\n${what}` };
}

/** The path up to one key of a header, with the index of an array of tables where there is one. */
function pathOfKey({ header, path }: TomlSection, start: number): KeyPath {
  let length = 0;
  for (const key of header?.keys ?? []) {
    length++;
    if (key.start === start) break;
    if (typeof path[length] === "number") length++;
  }
  return path.slice(0, length);
}
