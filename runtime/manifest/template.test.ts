import { expect, test } from "vitest";
import { fillTemplate, parseTemplate, templateVariables } from "./template.ts";

test.each([
  ["", []],
  ["plain }} text", [{ literal: "plain }} text" }]],
  ["{{ a }}", [{ variable: "a" }]],
  ["x{{a}}y{{  b }}", [{ literal: "x" }, { variable: "a" }, { literal: "y" }, { variable: "b" }]],
  ["{{a}}{{b}}", [{ variable: "a" }, { variable: "b" }]],
])("parts of %j", (text, parts) => {
  expect(parseTemplate(text)).toEqual({ parts });
});

test.each(["{{", "a {{ b", "{{ a }} {{"])("%j is not closed", (text) => {
  const fault = "invalid variable template: unmatched '{{' in template";
  expect(parseTemplate(text)).toEqual({ fault });
  expect(fillTemplate(text, () => "x")).toEqual({ fault });
  expect(templateVariables(text)).toEqual([]);
});

test("fills in values, and names the first that is missing", () => {
  const values = new Map(Object.entries({ host: "example.com", empty: "" }));
  expect(fillTemplate("https://{{ host }}/{{ empty }}", (name) => values.get(name))).toEqual({
    value: "https://example.com/",
  });
  expect(fillTemplate("{{ host }}{{ no }}{{ other }}", (name) => values.get(name))).toEqual({ missing: "no" });
});
