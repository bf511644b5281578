import { expect, test } from "vitest";
import type { ValueType } from "./field-types.ts";
import { sections } from "./fields.ts";

test.each(Object.entries(sections))(
  "%s: names are told apart, and every field is explained in one line",
  (_, section) => {
    const names = section.fields.flatMap((field) => [field.name, ...(field.aliases ?? [])]);
    expect(new Set(names).size).toBe(names.length);
    for (const { description } of [section, ...section.fields]) expect(description).toMatch(/^\S[^\n]{5,110}$/);
  },
);

test("a required field has no default", () => {
  const wrong = Object.values(sections).flatMap(({ fields }) =>
    fields.filter((f) => f.required && f.default !== undefined),
  );
  expect(wrong).toEqual([]);
});

test("every section but the roots and the HTTP trigger's is reached from a field", () => {
  const reached = new Set<string>();
  const visit = (type: ValueType): void => {
    if (type.kind === "table") reached.add(type.section);
    else if (type.kind === "any-of") type.of.forEach(visit);
    else if ("of" in type && typeof type.of === "object" && "kind" in type.of) visit(type.of);
  };
  for (const { fields } of Object.values(sections)) for (const field of fields) visit(field.type);
  expect(Object.keys(sections).filter((name) => !reached.has(name))).toEqual([
    "manifest",
    "manifest-v1",
    "http-trigger",
  ]);
});
