/** What stands at the cursor of a manifest that is being typed. */
import type {
  KeyPath,
  TomlKey,
  TomlPair,
  TomlRange,
  TomlSection,
  TomlValue,
} from "../../../runtime/manifest/toml-tree.ts";
import { isPath, type ManifestDocument } from "./document.ts";

export type CursorContext =
  /** In `[…]` or `[[…]]` of a table; `range` is all of it. */
  | { at: "header"; range: TomlRange; path: KeyPath; key: TomlKey | undefined }
  /** Where a key stands or may be written. */
  | {
      at: "key";
      /** The table that gets the key, with the keys before a dot. */
      table: KeyPath;
      /** Keys that the table has, without the one at the cursor. */
      present: string[];
      /** What a key would replace; empty where there is none yet. */
      range: TomlRange;
      /** Whether there is a `=` after it. */
      hasValue: boolean;
      /** Whether it is in `{ }`, and not on a line of its own. */
      inline: boolean;
    }
  /** Where a value stands or may be written. */
  | {
      at: "value";
      path: KeyPath;
      /** What the value would replace: between the quotes of a string, when there are some. */
      range: TomlRange;
    }
  /** In a comment, after a value, or in what is no TOML. */
  | { at: "nothing" };

/** @param offset In UTF-16 code units; the cursor is before the character there. */
export function contextAt(document: ManifestDocument, offset: number): CursorContext {
  const section = document.sections.findLast(({ start }) => start < offset) ?? document.sections[0];
  if (section === undefined || isInComment(document, section, offset)) return { at: "nothing" };
  const { header } = section;
  if (header !== undefined && offset <= header.end) {
    const inside = offset < header.end || !header.closed;
    const key = header.keys.find(({ start, end }) => start <= offset && offset <= end);
    return inside
      ? { at: "header", range: { start: header.start, end: header.end }, path: section.path, key }
      : nothing;
  }
  const pair = section.pairs.find(({ start, end }) => start <= offset && offset <= end);
  if (pair !== undefined) return inPair(document, pair, section.path, offset, false);
  const last = section.pairs.findLast(({ end }) => end <= offset)?.value;
  if (last !== undefined && goesOn(last)) return inValue(document, last, offset);

  // After the last pair of the line: a value that is missing, or nothing.
  const line = document.text.lastIndexOf("\n", offset - 1) + 1;
  const before = document.text.slice(line, offset);
  const unfinished = section.pairs.findLast(({ start, end }) => line <= start && end <= offset);
  if (unfinished?.equals !== undefined && unfinished.value === undefined) return valueIn(unfinished, offset);
  if (before.trim() !== "") return nothing;
  return keyIn(document, section.path, { start: offset, end: offset }, false, false);
}

const nothing: CursorContext = { at: "nothing" };

function inPair(
  document: ManifestDocument,
  pair: TomlPair,
  table: KeyPath,
  offset: number,
  inline: boolean,
): CursorContext {
  const { keys, equals, value } = pair;
  const at = keys.findIndex(({ start, end }) => start <= offset && offset <= end);
  const key = keys[at];
  if (key !== undefined) {
    const before = keys.slice(0, at).map(({ name }) => name);
    const last = at === keys.length - 1;
    return keyIn(document, [...table, ...before], key, !last || equals !== undefined, inline);
  }
  if (equals === undefined || offset <= equals) return nothing;
  if (value === undefined) return valueIn(pair, offset);
  if (offset < value.start) return nothing;
  return inValue(document, value, offset);
}

function inValue(document: ManifestDocument, value: TomlValue, offset: number): CursorContext {
  if (value.kind === "array" && isBetween(value, offset)) {
    const item = value.items.find(({ start, end }) => start <= offset && offset <= end);
    if (item !== undefined) return inValue(document, item, offset);
    const last = value.items.findLast(({ end }) => end <= offset);
    if (last !== undefined && goesOn(last)) return inValue(document, last, offset);
    const index = value.items.filter(({ end }) => end < offset).length;
    return { at: "value", path: [...value.path, index], range: { start: offset, end: offset } };
  }
  if (value.kind === "table" && isBetween(value, offset)) {
    const pair = value.pairs.find(({ start, end }) => start <= offset && offset <= end);
    if (pair !== undefined) return inPair(document, pair, value.path, offset, true);
    const unfinished = value.pairs.findLast(({ end }) => end <= offset);
    if (unfinished?.value !== undefined && goesOn(unfinished.value)) return inValue(document, unfinished.value, offset);
    if (unfinished?.equals !== undefined && unfinished.value === undefined) return valueIn(unfinished, offset);
    return keyIn(document, value.path, { start: offset, end: offset }, false, true);
  }
  const { kind, start, end, closed } = value;
  if (kind === "scalar") return { at: "value", path: value.path, range: { start, end } };
  // Beside its quotes or brackets nothing can be written, and what spans lines is no word that another could replace.
  if (kind !== "string" || !isBetween(value, offset) || document.text.slice(start, end).includes("\n")) return nothing;
  return { at: "value", path: value.path, range: { start: start + 1, end: closed ? end - 1 : end } };
}

/** Where the value of a pair is to be written. */
function valueIn({ path }: TomlPair, offset: number): CursorContext {
  return { at: "value", path, range: { start: offset, end: offset } };
}

function keyIn(
  document: ManifestDocument,
  table: KeyPath,
  { start, end }: TomlRange,
  hasValue: boolean,
  inline: boolean,
): CursorContext {
  return { at: "key", table, present: keysOf(document, table, start), range: { start, end }, hasValue, inline };
}

/** Names in a table, by pairs and by headers, but for the key that begins at `except`. */
function keysOf({ sections, pairs }: ManifestDocument, table: KeyPath, except: number | undefined): string[] {
  const names = new Set<string>();
  const add = (path: KeyPath): void => {
    const name = path[table.length];
    if (typeof name === "string" && isPath(path.slice(0, table.length), table)) names.add(name);
  };
  for (const { path, header } of sections) if (header !== undefined) add(path);
  for (const { path, keys } of pairs) if (!keys.some(({ start }) => start === except)) add(path);
  return [...names];
}

/** Whether its closing bracket is still to come: what follows belongs to it. */
function goesOn({ kind, closed }: TomlValue): boolean {
  return !closed && (kind === "array" || kind === "table");
}

/** Between the brackets, where the closing one may be missing. */
function isBetween({ start, end, closed }: TomlValue, offset: number): boolean {
  return start < offset && (offset < end || !closed);
}

/** A `#` between the end of what was read and the cursor, on the cursor's line. */
function isInComment({ text }: ManifestDocument, section: TomlSection, offset: number): boolean {
  const line = text.lastIndexOf("\n", offset - 1) + 1;
  let from = text.indexOf("#", line);
  while (from !== -1 && from < offset) {
    const at = from;
    const inString = section.pairs.some((pair) => pair.value !== undefined && isInString(pair.value, at));
    const inHeader = section.header !== undefined && at >= section.header.start && at < section.header.end;
    if (!inString && !inHeader) return true;
    from = text.indexOf("#", at + 1);
  }
  return false;
}

function isInString({ kind, start, end, items, pairs }: TomlValue, at: number): boolean {
  if (kind === "string") return start <= at && at < end;
  return (
    items.some((item) => isInString(item, at)) ||
    pairs.some(({ value }) => value !== undefined && isInString(value, at))
  );
}
