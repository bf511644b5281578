/** Takes the base of an application, which Spin 2 refuses, into the routes of its triggers. */
import type { KeyPath } from "../../../../runtime/manifest/toml-tree.ts";
import { type ManifestDocument, stringOf } from "../document.ts";
import { quote } from "./list-edits.ts";
import { removal, type TextEdit } from "./text-edit.ts";

/**
 * @param offset Where the base's key or its value stands.
 * @returns `undefined` where a route would mean something else then: with a base, `:name` and `*` are plain text.
 */
export function moveBase(document: ManifestDocument, offset: number): TextEdit[] | undefined {
  const { text, pairs, sections } = document;
  const pair = pairs.find(
    ({ path, start, value }) => path.at(-1) === "base" && (start === offset || value?.start === offset),
  );
  const base = stringOf(text, pair?.value);
  if (pair?.value === undefined || base === undefined) return undefined;
  const edits: TextEdit[] = [];
  for (const { path, value } of pairs) {
    const route = isRoute(path) ? stringOf(text, value) : undefined;
    if (value === undefined || route === undefined) continue;
    if (/(?:^|\/)[:*]/.test(base + route)) return undefined;
    const based = withoutTrailingSlash(absolute(base)) + withoutTrailingSlash(absolute(route));
    edits.push({ start: value.start, end: value.end, text: quote(based === "" ? "/" : based) });
  }
  // In an inline table it would leave a comma; a base of `/` is none.
  const isLine = sections.some((section) => section.pairs.includes(pair));
  const { start, end } = pair.value;
  return [...edits, isLine ? removal(text, pair.start, pair.end) : { start, end, text: quote("/") }];
}

function isRoute(path: KeyPath): boolean {
  const isOfTrigger = path[0] === "trigger" && path[1] === "http" && path.length === 4;
  const isOfComponent = path[0] === "component" && path[2] === "trigger" && path.length === 4;
  return path.at(-1) === "route" && (isOfTrigger || isOfComponent);
}

// As Spin 1.0 puts them together.
function absolute(path: string): string {
  return path.startsWith("/") ? path : `/${path}`;
}

function withoutTrailingSlash(path: string): string {
  return path.endsWith("/") ? path.slice(0, -1) : path;
}
