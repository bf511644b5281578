/** Edits of HTTP triggers whose route another one takes. */
import type { KeyPath } from "../../../../runtime/manifest/toml-tree.ts";
import { components, isPath, type ManifestDocument, stringOf, valueAt } from "../document.ts";
import { quote } from "./list-edits.ts";
import { lineEnd, lineStart, type TextEdit } from "./text-edit.ts";

/** Takes out a `[[trigger.http]]` with the tables inside. Comments before and after it stay. */
export function removeTrigger({ text, sections }: ManifestDocument, trigger: KeyPath): TextEdit[] | undefined {
  const own = sections.filter(({ path }) => isPath(path.slice(0, trigger.length), trigger));
  const header = own.find(({ path }) => isPath(path, trigger))?.header;
  if (header?.array !== true) return undefined;
  return own.flatMap(({ start, header: head, pairs }) => {
    const last = lineEnd(text, pairs.at(-1)?.end ?? head?.end ?? start);
    const after = /^(?:[ \t]*\r?(?:\n|$))*/.exec(text.slice(last))?.[0] ?? "";
    return [{ start: lineStart(text, start), end: last + after.length, text: "" }];
  });
}

/** A route like that of the trigger, below the name of its component, which no trigger has. */
export function freeRoute(document: ManifestDocument, trigger: KeyPath): string | undefined {
  const { text, pairs, version } = document;
  const route = stringOf(text, valueAt(document, [...trigger, "route"]));
  if (route === undefined || !route.startsWith("/")) return undefined;
  const named = stringOf(text, valueAt(document, [...trigger, "component"]));
  const owner = version === 1 ? components(document).find(({ path }) => isPath(path, trigger.slice(0, -1)))?.id : named;
  const id = owner ?? "static";
  const taken = new Set(
    pairs.flatMap(({ path, value }) => (path.at(-1) === "route" ? [stringOf(text, value) ?? ""] : [])),
  );
  for (let number = 1; ; number++) {
    const candidate = `/${id}${number === 1 ? "" : `-${number}`}${route === "/" ? "" : route}`;
    if (!taken.has(candidate)) return candidate;
  }
}

export function setRoute(document: ManifestDocument, trigger: KeyPath, route: string): TextEdit[] | undefined {
  const value = valueAt(document, [...trigger, "route"]);
  return value && [{ start: value.start, end: value.end, text: quote(route) }];
}
