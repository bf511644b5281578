import { expect, test } from "vitest";
import { contextAt } from "./context.ts";
import { readDocument } from "./document.ts";

/** The context at the `|`, with what it would replace as text. */
function at(marked: string): Record<string, unknown> {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const context = contextAt(readDocument(text), offset);
  if (context.at === "nothing") return { at: "nothing" };
  const replaced = text.slice(context.range.start, context.range.end);
  if (context.at === "header") return { at: "header", replaced, path: context.path.join("."), key: context.key?.name };
  if (context.at === "value") return { at: "value", replaced, path: context.path.join(".") };
  const { table, present, hasValue, inline } = context;
  return { at: "key", replaced, table: table.join("."), present: present.join(" "), hasValue, inline };
}

const key = (table: string, parts: Record<string, unknown> = {}): Record<string, unknown> => ({
  at: "key",
  table,
  replaced: "",
  present: "",
  hasValue: false,
  inline: false,
  ...parts,
});
const value = (path: string, replaced = ""): Record<string, unknown> => ({ at: "value", path, replaced });
const header = (path: string, replaced: string, name?: string): Record<string, unknown> => ({
  at: "header",
  path,
  replaced,
  key: name,
});
const nothing = { at: "nothing" };

test.each<[string, string, Record<string, unknown>]>([
  ["an empty text", "|", key("")],
  ["the start of a line at the root", "a = 1\n|", key("", { present: "a" })],
  ["the beginning of a key", "spin_m|", key("", { replaced: "spin_m" })],
  ["the middle of a key with a value", "spin_|version = 2", key("", { replaced: "spin_version", hasValue: true })],
  ["a line in a section", `[application]\nname = "x"\n|\n[b]`, key("application", { present: "name" })],
  ["a line in a component", `[component.x]\nsource = "a"\n  |`, key("component.x", { present: "source" })],
  ["a component that has tables", `[component.x]\n|\n[component.x.build]\n`, key("component.x", { present: "build" })],
  ["the first of two triggers", `[[trigger.http]]\n|\n[[trigger.http]]\nroute = "/"`, key("trigger.http.0")],
  ["the second trigger", `[[trigger.http]]\nroute = "/"\n[[trigger.http]]\n|`, key("trigger.http.1")],
  [
    "a table of the last trigger",
    `[[trigger.http]]\n[[trigger.http]]\n[trigger.http.executor]\n|`,
    key("trigger.http.1.executor"),
  ],
  ["behind a dot of a key", `[component.x]\nbuild.|`, key("component.x.build")],
  [
    "behind a dot, with others there",
    `[component.x]\nbuild.command = "a"\nbuild.w|`,
    key("component.x.build", { replaced: "w", present: "command" }),
  ],
  [
    "the first of dotted keys",
    `[component.x]\nbui|ld.command = "a"`,
    key("component.x", { replaced: "build", hasValue: true }),
  ],
  ["an inline table", `[variables]\nx = { | }`, key("variables.x", { inline: true })],
  [
    "an inline table with pairs",
    `[variables]\nx = { secret = true, d| }`,
    key("variables.x", { replaced: "d", present: "secret", inline: true }),
  ],
  [
    "an inline table without an end",
    `[variables]\nx = { secret = true, |`,
    key("variables.x", { present: "secret", inline: true }),
  ],
  ["a table in an array", `[component.x]\nfiles = [{ |`, key("component.x.files.0", { inline: true })],
  [
    "the second table in an array",
    `[component.x]\nfiles = ["a", { source = "b", | }]`,
    key("component.x.files.1", { present: "source", inline: true }),
  ],
  ["an inline component", `[[trigger.http]]\ncomponent = { | }`, key("trigger.http.0.component", { inline: true })],
  ["a value that is missing", "a = |", value("a")],
  ["a value that is missing before another line", "a = |\nb = 1", value("a")],
  ["directly behind the equals sign", "a =|", value("a")],
  ["a word as a value", "[variables.x]\nrequired = tr|", value("variables.x.required", "tr")],
  ["a string", `[[trigger.http]]\ncomponent = "he|"`, value("trigger.http.0.component", "he")],
  ["an empty string", `[[trigger.http]]\ncomponent = "|"`, value("trigger.http.0.component")],
  [
    "a string without an end",
    `[[trigger.http]]\ncomponent = "he|\nroute = "/"`,
    value("trigger.http.0.component", "he"),
  ],
  ["a literal string", `a = 'x|y'`, value("a", "xy")],
  ["an empty array", `[component.x]\nkey_value_stores = [|]`, value("component.x.key_value_stores.0")],
  ["an array without an end", `[component.x]\nkey_value_stores = [|`, value("component.x.key_value_stores.0")],
  [
    "an array without an end, a line on",
    `[component.x]\nkey_value_stores = [\n  |\n[b]`,
    value("component.x.key_value_stores.0"),
  ],
  ["behind a comma", `[component.x]\nkey_value_stores = ["a", |]`, value("component.x.key_value_stores.1")],
  [
    "a string in an array",
    `[component.x]\nkey_value_stores = ["a", "b|"]`,
    value("component.x.key_value_stores.1", "b"),
  ],
  ["a line of its own in an array", `a = [\n  "x",\n  |\n]`, value("a.1")],
  ["a value in an inline table", `[variables]\nx = { required = | }`, value("variables.x.required")],
  ["a string in an inline table", `[[trigger.http]]\nexecutor = { type = "|" }`, value("trigger.http.0.executor.type")],
  ["a value in a table in an array", `a = [{ b = "c|" }]`, value("a.0.b", "c")],
  ["a # in a string", `a = "x # |"`, value("a", "x # ")],
  ["a header that is being typed", "[comp|", header("comp", "[comp", "comp")],
  ["a header with both brackets", "[comp|]", header("comp", "[comp]", "comp")],
  ["an empty header", "a = 1\n[|]\n", header("", "[]")],
  ["the header of an array", "[[trigger.ht|]]", header("trigger.ht.0", "[[trigger.ht]]", "ht")],
  ["half a header of an array", "[[trigger.ht|\nroute = 1", header("trigger.ht.0", "[[trigger.ht", "ht")],
  ["behind a dot of a header", "[component.|]", header("component.", "[component.]", "")],
  ["behind a header", "[component.x] |", nothing],
  ["a comment", "a = 1\n# b |", nothing],
  ["a comment behind a value", `a = "x" # |`, nothing],
  ["a comment in an array", `a = [\n  "x", # |\n]`, nothing],
  ["behind a value", `a = "x" |`, nothing],
  ["behind a string", `a = "x"|`, nothing],
  ["behind an array", `a = ["x"]|`, nothing],
  ["before an array", `a = |["x"]`, nothing],
  ["a string of several lines", `a = """\nx|\n"""`, nothing],
  ["between a key and its equals sign", "a  | = 1", nothing],
  ["what is no TOML", "]] |", nothing],
])("knows %s", (_name, marked, expected) => {
  expect(at(marked)).toEqual(expected);
});
