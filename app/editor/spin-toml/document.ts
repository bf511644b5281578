/** A manifest as the editor sees it: structure and places, of a text that need not be valid. */
import type { ManifestVersion } from "../../../runtime/manifest/field-types.ts";
import {
  type KeyPath,
  readTomlTree,
  type TomlPair,
  type TomlSection,
  type TomlValue,
  unquoted,
} from "../../../runtime/manifest/toml-tree.ts";

export interface ManifestDocument {
  readonly text: string;
  readonly version: ManifestVersion;
  readonly sections: readonly TomlSection[];
  /** Every pair, also those in inline tables and in arrays. */
  readonly pairs: readonly TomlPair[];
}

export function readDocument(text: string): ManifestDocument {
  const sections = readTomlTree(text);
  const pairs = sections.flatMap((section) => section.pairs.flatMap(withInner));
  const version = pairs.find(({ path }) => isPath(path, ["spin_manifest_version"]) || isPath(path, ["spin_version"]));
  return { text, sections, pairs, version: version !== undefined && stringOf(text, version.value) === "1" ? 1 : 2 };
}

/** The pair that gives a path its value. */
export function pairAt(document: ManifestDocument, path: KeyPath): TomlPair | undefined {
  return document.pairs.find((pair) => isPath(pair.path, path));
}

/** The value at a path, which may be an element of an array. */
export function valueAt(document: ManifestDocument, path: KeyPath): TomlValue | undefined {
  const index = path.at(-1);
  if (typeof index !== "number") return pairAt(document, path)?.value;
  return valueAt(document, path.slice(0, -1))?.items[index];
}

/** Names that stand directly below a path, in the order of the text: keys of its table, and tables inside. */
export function namesBelow({ sections, pairs }: ManifestDocument, path: KeyPath): string[] {
  const names = [...sections, ...pairs].flatMap((part) => {
    const name = part.path[path.length];
    return typeof name === "string" && name !== "" && isPath(part.path.slice(0, path.length), path) ? [name] : [];
  });
  return [...new Set(names)];
}

/** Components with the path of their tables. In version 1 they are a list, and have their id inside. */
export function components(document: ManifestDocument): { id: string; path: KeyPath }[] {
  if (document.version === 2) return namesBelow(document, ["component"]).map((id) => ({ id, path: ["component", id] }));
  return document.sections.flatMap(({ path, pairs }) => {
    const id = pairs.find(({ keys }) => keys.length === 1 && keys[0]?.name === "id");
    const text = stringOf(document.text, id?.value);
    return path.length === 2 && path[0] === "component" && text !== undefined ? [{ id: text, path }] : [];
  });
}

/** Ids that triggers name, in the order of the text. */
export function namedComponents({ pairs, text }: ManifestDocument): string[] {
  const ids = pairs.flatMap(({ path, value }) => {
    if (path[0] !== "trigger" || path.length < 4 || (path[3] !== "component" && path[3] !== "components")) return [];
    return [value, ...(value?.items ?? [])].flatMap((item) => stringOf(text, item) ?? []);
  });
  return [...new Set(ids)];
}

/** What a string of one line spells; `undefined` for any other value. */
export function stringOf(text: string, value: TomlValue | undefined): string | undefined {
  return value?.kind === "string" && value.closed ? unquoted(text.slice(value.start, value.end)) : undefined;
}

export function isPath(path: KeyPath, other: KeyPath): boolean {
  return path.length === other.length && path.every((key, index) => key === other[index]);
}

function withInner(pair: TomlPair): TomlPair[] {
  return [pair, ...(pair.value === undefined ? [] : insideValue(pair.value))];
}

function insideValue({ items, pairs }: TomlValue): TomlPair[] {
  return [...items.flatMap(insideValue), ...pairs.flatMap(withInner)];
}
