/** What can be done about a finding in a manifest, as edits of its text. */
import type { Diagnostic } from "../../../runtime/diagnostic.ts";
import type { KeyPath, TomlKey } from "../../../runtime/manifest/toml-tree.ts";
import { contextAt } from "./context.ts";
import { components, isPath, type ManifestDocument, namesBelow, pairAt, readDocument, stringOf } from "./document.ts";
import { moveBase } from "./edits/base-edit.ts";
import { replaceHttpHosts } from "./edits/http-hosts-edit.ts";
import { addToList, quote, removeFromList } from "./edits/list-edits.ts";
import type { TextEdit } from "./edits/text-edit.ts";
import { freeRoute, removeTrigger, setRoute } from "./edits/trigger-edits.ts";
import { nearName } from "./near-name.ts";
import { tablesAt } from "./schema.ts";

export { applyEdits } from "./edits/text-edit.ts";

export interface Fix {
  title: string;
  edits: TextEdit[];
}

/** Fixes of one finding, the best first. None when the text is no longer what the finding was about. */
export function fixesFor(text: string, finding: Diagnostic): Fix[] {
  const document = readDocument(text);
  const offset = offsetOf(text, finding);
  if (finding.grant !== undefined) return grant(document, finding.grant, offset);
  if (offset === undefined) return [];
  switch (finding.code) {
    case "unknown-store":
      return withoutEntry(document, offset);
    case "deprecated-field":
      return withoutHttpHosts(document, offset);
    case "deprecated-base":
      return fix("Put the base before each route", moveBase(document, offset));
    case "duplicate-route":
      return withOtherRoute(document, offset);
    case "unknown-field":
      return withNearField(document, offset);
    case "unknown-component":
      return withNearComponent(document, offset);
    case "manifest-version":
      return withVersion(document);
    default:
      return [];
  }
}

/** What is no fault, but has a better way to be written: the older name of a field. */
export function improvementsAt(text: string, offset: number): Fix[] {
  const document = readDocument(text);
  const context = contextAt(document, offset);
  if (context.at !== "key") return [];
  const written = text.slice(context.range.start, context.range.end);
  const field = tablesAt(context.table, document.version)
    .flatMap(({ fields }) => fields)
    .find(({ aliases }) => aliases?.includes(written));
  if (field === undefined || context.present.includes(field.name)) return [];
  const { start, end } = context.range;
  return [{ title: `Write ${field.name}`, edits: [{ start, end, text: field.name }] }];
}

function grant(
  document: ManifestDocument,
  { component, field, entry }: NonNullable<Diagnostic["grant"]>,
  offset: number | undefined,
): Fix[] {
  // A component inside a trigger has an id that the text does not say; it stands where the finding is.
  const table =
    components(document).find(({ id }) => id === component)?.path ??
    document.pairs.find(({ path, value }) => path[0] === "trigger" && value?.start === offset)?.path;
  const edits = table && addToList(document, table, field, [entry]);
  return fix(`Add "${entry}" to ${field} of ${component}`, edits);
}

function withoutEntry(document: ManifestDocument, offset: number): Fix[] {
  const list = document.pairs.find(({ value }) => value?.items.some(({ start }) => start === offset))?.value;
  const item = list?.items.find(({ start }) => start === offset);
  const label = stringOf(document.text, item);
  if (list === undefined || item === undefined || label === undefined) return [];
  const hasDefault = list.items.some((other) => stringOf(document.text, other) === "default");
  return [
    ...(hasDefault ? [] : fix('Use the store "default"', [{ start: item.start, end: item.end, text: '"default"' }])),
    ...fix(`Remove "${label}" from ${String(list.path.at(-1))}`, removeFromList(document, item.path)),
  ];
}

function withoutHttpHosts(document: ManifestDocument, offset: number): Fix[] {
  const pair = document.pairs.find(({ keys }) => keys.at(-1)?.start === offset);
  const name = pair?.keys.at(-1)?.name;
  if (pair === undefined || name !== "allowed_http_hosts") return [];
  return fix("Write allowed_outbound_hosts", replaceHttpHosts(document, pair));
}

function withOtherRoute(document: ManifestDocument, offset: number): Fix[] {
  const pair = document.pairs.find(({ path, value }) => path.at(-1) === "route" && value?.start === offset);
  if (pair === undefined) return [];
  const trigger = pair.path.slice(0, -1);
  const route = freeRoute(document, trigger);
  return [
    ...fix("Remove this trigger, which is never used", removeTrigger(document, trigger)),
    ...(route === undefined ? [] : fix(`Give it the route "${route}"`, setRoute(document, trigger, route))),
  ];
}

/** Names that fields had before, or have in version 1. */
const olderNames: Record<string, string> = { config: "variables", spin_version: "spin_manifest_version" };

function withNearField(document: ManifestDocument, offset: number): Fix[] {
  const found = spelledKeys(document).find(({ key }) => key.start === offset);
  if (found === undefined) return [];
  const { key, path } = found;
  const table = path.slice(0, -1);
  const others = namesBelow(document, table).filter((name) => name !== key.name);
  const fields = tablesAt(table, document.version, others).flatMap((schema) => schema.fields);
  if (fields.some(({ name, aliases }) => name === key.name || aliases?.includes(key.name))) return [];
  const notThere = fields.filter(({ name }) => !others.includes(name));
  const namesOf = (list: typeof fields): string[] => list.map(({ name }) => name);
  const free = namesOf(notThere.filter(({ deprecated }) => deprecated === undefined));
  const older = olderNames[key.name];
  // A misspelt field of old is renamed too: the warning about it then has a fix that goes on from there.
  const name =
    older !== undefined && free.includes(older)
      ? older
      : (nearName(key.name, free) ?? nearName(key.name, namesOf(notThere)));
  if (name === undefined) return [];
  // A table may be named by several headers.
  const same = spelledKeys(document).filter((other) => isPath(other.path, path));
  return fix(
    `Rename to ${name}`,
    same.map(({ key: { start, end } }) => ({ start, end, text: name })),
  );
}

function withNearComponent(document: ManifestDocument, offset: number): Fix[] {
  const values = document.pairs.flatMap(({ value }) => (value === undefined ? [] : [value, ...value.items]));
  const value = values.find(({ start }) => start === offset);
  const written = stringOf(document.text, value);
  if (value === undefined || written === undefined) return [];
  const ids = components(document).map(({ id }) => id);
  const [only] = ids;
  const id = nearName(written, ids) ?? (ids.length === 1 ? only : undefined);
  return id === undefined
    ? []
    : fix(`Use the component ${id}`, [{ start: value.start, end: value.end, text: quote(id) }]);
}

function withVersion(document: ManifestDocument): Fix[] {
  const pair = pairAt(document, ["spin_manifest_version"]) ?? pairAt(document, ["spin_version"]);
  if (pair?.value === undefined) return [];
  const { start, end } = pair.value;
  // Only version 2 has a table for the application.
  const version = namesBelow(document, []).includes("application") ? "2" : '"1"';
  return fix(`Write ${version}`, [{ start, end, text: version }]);
}

/** All keys of the text, each with the path that it completes. */
function spelledKeys({ sections, pairs }: ManifestDocument): { key: TomlKey; path: KeyPath }[] {
  const ofPairs = pairs.flatMap(({ keys, path }) =>
    keys.map((key, index) => ({ key, path: path.slice(0, path.length - keys.length + index + 1) })),
  );
  const ofHeaders = sections.flatMap(({ header, path }) => {
    let length = 0;
    return (header?.keys ?? []).map((key) => {
      if (typeof path[length] === "number") length++;
      length++;
      return { key, path: path.slice(0, length) };
    });
  });
  return [...ofHeaders, ...ofPairs];
}

function offsetOf(text: string, { line, column }: Diagnostic): number | undefined {
  if (line === undefined || column === undefined) return undefined;
  let start = 0;
  for (let number = 1; number < line; number++) {
    const end = text.indexOf("\n", start);
    if (end === -1) return undefined;
    start = end + 1;
  }
  return start + column - 1;
}

function fix(title: string, edits: TextEdit[] | undefined): Fix[] {
  return edits === undefined || edits.length === 0 ? [] : [{ title, edits }];
}
