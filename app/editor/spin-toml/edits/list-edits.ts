/** Edits of the lists in component tables, such as `allowed_outbound_hosts`. */
import type { KeyPath, TomlValue } from "../../../../runtime/manifest/toml-tree.ts";
import { isPath, type ManifestDocument, pairAt, stringOf, valueAt } from "../document.ts";
import { indentOf, lineBreak, lineEnd, lineStart, removal, type TextEdit } from "./text-edit.ts";

const blanks = /(?:[ \t\r\n]|#[^\n]*)*/y;

/**
 * Adds strings to a list of a table, which need not have the list yet. `undefined` when all are there already, or when
 * the text has no such table in a form that can be edited.
 */
export function addToList(
  document: ManifestDocument,
  table: KeyPath,
  field: string,
  entries: readonly string[],
): TextEdit[] | undefined {
  const { text } = document;
  const pair = pairAt(document, [...table, field]);
  if (pair === undefined) return addField(document, table, `${field} = [${entries.map(quote).join(", ")}]`);
  const list = pair.value;
  if (list?.kind !== "array" || !list.closed) return undefined;
  const there = new Set(list.items.map((item) => stringOf(text, item)));
  const missing = entries.filter((entry) => !there.has(entry));
  return missing.length === 0 ? undefined : append(text, list, missing.map(quote));
}

/** Takes one element out of its list. */
export function removeFromList(document: ManifestDocument, path: KeyPath): TextEdit[] | undefined {
  const { text } = document;
  const list = valueAt(document, path.slice(0, -1));
  const index = Number(path.at(-1));
  const item = list?.items[index];
  if (list === undefined || item === undefined) return undefined;
  const next = list.items[index + 1];
  const previous = list.items[index - 1];
  const comma = commaAfter(text, item.end);
  const own = removal(
    text,
    item.start,
    comma === undefined || hasComment(text, item.end, comma) ? item.end : comma + 1,
  );
  if (own.start < item.start && own.start > list.start) return [own];
  if (next !== undefined && !hasComment(text, item.end, next.start)) return [cut(item.start, next.start)];
  if (next === undefined && previous !== undefined && !hasComment(text, previous.end, item.end)) {
    return [cut(previous.end, item.end)];
  }
  if (comma === undefined) return [cut(item.start, item.end)];
  return [cut(item.start, item.end), cut(comma, comma + 1)];
}

function addField({ text, sections, pairs }: ManifestDocument, table: KeyPath, field: string): TextEdit[] | undefined {
  const section = sections.find(({ path, header }) => header !== undefined && isPath(path, table));
  if (section?.header?.closed === true) {
    const last = section.pairs.at(-1);
    const indent = indentOf(text, last?.start ?? section.start);
    const at = lineEnd(text, last?.end ?? section.header.end);
    return [insert(at, `${lineBreak(text)}${indent}${field}`)];
  }
  const inline = pairs.find(({ path }) => isPath(path, table))?.value;
  if (inline?.kind !== "table" || !inline.closed) return undefined;
  const last = inline.pairs.at(-1);
  return last === undefined
    ? [{ start: inline.start, end: inline.end, text: `{ ${field} }` }]
    : [insert(last.end, `, ${field}`)];
}

function append(text: string, list: TomlValue, entries: readonly string[]): TextEdit[] {
  const last = list.items.at(-1);
  if (last === undefined) {
    const isBlank = text.slice(list.start + 1, list.end - 1).trim() === "";
    return isBlank
      ? [{ start: list.start, end: list.end, text: `[${entries.join(", ")}]` }]
      : [insert(list.start + 1, entries.join(", "))];
  }
  const comma = commaAfter(text, last.end);
  const isOneLine = lineStart(text, last.start) <= list.start;
  if (isOneLine) {
    return comma === undefined
      ? [insert(last.end, `, ${entries.join(", ")}`)]
      : [insert(comma + 1, ` ${entries.join(", ")},`)];
  }
  // One entry a line, as the others are; a comment behind the last one stays with it.
  const glue = `${lineBreak(text)}${indentOf(text, last.start)}`;
  const lines = entries.map((entry) => glue + entry);
  const end = lineEnd(text, comma ?? last.end);
  const at = end < list.end - 1 ? end : (comma ?? last.end - 1) + 1;
  if (comma !== undefined) return [insert(at, `${lines.join(",")},`)];
  return [insert(last.end, ","), insert(at, lines.join(","))];
}

/** Offset of the comma that follows a value, past comments and line breaks. */
function commaAfter(text: string, end: number): number | undefined {
  blanks.lastIndex = end;
  const at = blanks.test(text) ? blanks.lastIndex : end;
  return text[at] === "," ? at : undefined;
}

function hasComment(text: string, start: number, end: number): boolean {
  return text.slice(start, end).includes("#");
}

/** A string as TOML writes it; JSON's escapes are among TOML's. */
export function quote(entry: string): string {
  return JSON.stringify(entry);
}

function insert(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}

function cut(start: number, end: number): TextEdit {
  return { start, end, text: "" };
}
