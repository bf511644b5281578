import { describe, expect, test } from "vitest";
import { sections } from "../../../runtime/manifest/fields.ts";
import { describeField } from "./describe-field.ts";
import { hoverAt } from "./hover.ts";

function hover(marked: string): { word: string; text: string } | undefined {
  const text = marked.replace("|", "");
  const found = hoverAt(text, marked.indexOf("|"));
  return found && { word: text.slice(found.range.start, found.range.end), text: found.text };
}

test.each<[string, string, string, string]>([
  ["a field", "[application]\nna|me = 1", "name", "The application's name."],
  ["a required field", "[component.x]\nso|urce = 1", "source", "Required."],
  ["a default", "[[trigger.http]]\nexecu|tor = 1", "executor", 'Default: `{ type = "http" }`.'],
  ["a type", "[component.x]\nkey_value_st|ores = 1", "key_value_stores", "array of string (label"],
  [
    "a deprecated field",
    "[component.x]\nallowed_http|_hosts = []",
    "allowed_http_hosts",
    "Write `allowed_outbound_hosts` instead",
  ],
  ["a dotted key", "[component.x]\nbuild.com|mand = 1", "command", "The build command"],
  ["a field of an inline table", "[variables]\nx = { sec|ret = true }", "secret", "must not be shown"],
  [
    "a field of a form that another key tells",
    `[component.x]\nsource = { url = "u", dig|est = "" }`,
    "digest",
    "SHA-256",
  ],
  ["a table's header", "[appli|cation]", "application", "What the application is."],
  ["an id in a header", "[component.he|llo.build]", "hello", "A WebAssembly component"],
  ["a table in a component", "[component.hello.bu|ild]", "build", "How the component is built."],
  ["a trigger", "[[trigger.ht|tp]]", "http", "array of"],
  ["an older name", 'spin_ver|sion = "1"', "spin_version", "Older name: `spin_version`"],
])("explains %s", (_name, marked, word, text) => {
  const found = hover(marked);
  expect(found?.word).toBe(word);
  expect(found?.text).toContain(text);
});

test.each([
  ["an unknown field", "[application]\nfo|o = 1"],
  ["a value", '[application]\nname = "na|me"'],
  ["a comment", "# na|me"],
  ["an environment variable's table that there is not", "[nothing.at|all]"],
])("says nothing about %s", (_name, marked) => {
  expect(hover(marked)).toBeUndefined();
});

describe.each(Object.entries(sections))("every field of %s", (_name, { fields }) => {
  test.each(fields.map((field) => [field.name, field] as const))("%s has name, type and description", (name, field) => {
    const text = describeField(field);
    expect(text).toMatch(new RegExp(`^\`${name}\`: \\S`));
    expect(text).toContain(field.description);
    expect(text.includes("Required.")).toBe(field.required);
    expect(text.includes("Deprecated")).toBe(field.deprecated !== undefined);
    if (field.default !== undefined) expect(text).toContain(`Default: \`${field.default}\``);
  });
});
