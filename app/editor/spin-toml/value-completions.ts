import type { ValueType } from "../../../runtime/manifest/field-types.ts";
import type { KeyPath, TomlRange } from "../../../runtime/manifest/toml-tree.ts";
import { type Completion, literal } from "./completion-item.ts";
import type { CursorContext } from "./context.ts";
import { type ManifestDocument, namesBelow } from "./document.ts";
import { typesAt } from "./schema.ts";
import { snippetOf } from "./snippets.ts";
import { stringsFor, type Surroundings } from "./known-strings.ts";

type ValueContext = Extract<CursorContext, { at: "value" }>;

/** Values of the field's type: those that are known, else a form to fill in. */
export function valueCompletions(
  document: ManifestDocument,
  context: ValueContext,
  offset: number,
  surroundings: Surroundings,
): Completion[] {
  const { path, range } = context;
  const template = isTemplate(path) ? templateCompletions(document, range, offset) : undefined;
  if (template !== undefined) return template;
  const inString = isInString(document, range);
  const strings = stringsFor(path, document, surroundings).map(({ value, detail }, index): Completion => {
    const shown = JSON.stringify(value);
    return {
      label: inString ? value : shown,
      kind: "value",
      insert: literal(inString ? value : shown),
      range,
      rank: index,
      ...(detail === undefined ? {} : { detail }),
    };
  });
  if (inString) return strings;
  const words = typesAt(path, document.version).flatMap((type) => wordsOf(type, path, range));
  return [...strings, ...words];
}

/** What is no string: `true`, a number, the form of an array or table. */
function wordsOf(type: ValueType, path: KeyPath, range: TomlRange): Completion[] {
  const words = (...labels: string[]): Completion[] =>
    labels.map((label, rank) => ({ label, kind: "value", insert: label, range, rank }));
  switch (type.kind) {
    case "boolean":
      return words(...(path.at(-1) === "private" ? ["true"] : ["true", "false"]));
    case "u16":
      return words(...(path.at(-1) === "status_code" ? ["200", "201", "204", "301", "302", "404", "503"] : ["2"]));
    case "array":
    case "table":
    case "map": {
      const snippet = snippetOf(type);
      const label = snippet.replace(/"?\$\d"?/g, "…").replace(/\$\{\d:([^}]*)\}/g, "$1");
      return [{ label, kind: "value", insert: snippet, range, rank: 50 }];
    }
    default:
      return [];
  }
}

/** In `{{ … }}`: names of application variables. `undefined` where the cursor is in no template. */
function templateCompletions(document: ManifestDocument, range: TomlRange, offset: number): Completion[] | undefined {
  const before = document.text.slice(range.start, offset);
  const open = before.lastIndexOf("{{");
  if (open === -1 || before.indexOf("}}", open) !== -1) return undefined;
  const after = document.text.slice(offset, range.end);
  const start = range.start + open + 2;
  const [, rest = ""] = /^([A-Za-z0-9_]*[ \t]*)/.exec(after) ?? [];
  const end = offset + rest.length;
  const isClosed = after.startsWith("}", rest.length);
  return namesBelow(document, ["variables"]).map((name, rank) => ({
    label: name,
    kind: "variable",
    insert: ` ${name} ${isClosed ? "" : "\\}\\}"}`,
    range: { start, end },
    rank,
  }));
}

/** Templates are resolved in a component's variables and in its allowed hosts. */
function isTemplate(path: KeyPath): boolean {
  if (path[0] !== "component") return false;
  return path[2] === "variables" || path[2] === "config" || path[2] === "allowed_outbound_hosts";
}

function isInString({ text }: ManifestDocument, { start }: TomlRange): boolean {
  const before = text[start - 1];
  return before === '"' || before === "'";
}
