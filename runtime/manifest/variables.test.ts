import { describe, expect, test } from "vitest";
import type { LockedApp } from "./locked-app.ts";
import {
  applicationVariable,
  invalidVariableName,
  missingVariables,
  resolveVariables,
  undefinedVariable,
} from "./variables.ts";

const app: LockedApp = {
  spin_lock_version: 0,
  metadata: { name: "test" },
  variables: { host: { default: "localhost" }, token: { secret: true }, other: {} },
  triggers: [],
  components: [
    {
      id: "api",
      metadata: {},
      source: { content_type: "application/wasm" },
      config: { url: "http://{{ host }}/x", auth: "Bearer {{ token }}", plain: "p", bad: "{{", unknown: "{{ nope }}" },
    },
    { id: "none", metadata: {}, source: { content_type: "application/wasm" } },
  ],
};

test("a value from outside goes before the default, and a required one without value is unresolved", () => {
  expect(resolveVariables(app, "api", {}).get("url")).toEqual({ value: "http://localhost/x" });
  expect(resolveVariables(app, "api", { host: "h" }).get("url")).toEqual({ value: "http://h/x" });
  expect(resolveVariables(app, "api", {}).get("auth")).toEqual({
    unresolved: 'no provider resolved required variable "token"',
  });
  expect(resolveVariables(app, "api", { token: "t" }).get("auth")).toEqual({ value: "Bearer t" });
});

test("faults of templates stay with their variable", () => {
  const variables = resolveVariables(app, "api", { nope: "given, but not declared" });
  expect(variables.get("plain")).toEqual({ value: "p" });
  expect(variables.get("bad")).toEqual({ unresolved: "invalid variable template: unmatched '{{' in template" });
  expect(variables.get("unknown")).toEqual({ unresolved: 'invalid variable template: unknown variable "nope"' });
});

test("a component has only the variables it declares", () => {
  expect([...resolveVariables(app, "api", {}).keys()]).toEqual(["url", "auth", "plain", "bad", "unknown"]);
  expect(resolveVariables(app, "none", { host: "h" }).size).toBe(0);
  expect(resolveVariables(app, "absent", {}).size).toBe(0);
});

test("names required variables without a value", () => {
  expect(missingVariables(app, {})).toEqual({
    names: ["token", "other"],
    message: 'no provider resolved required variable(s): ["token", "other"]',
  });
  expect(missingVariables(app, { token: "", other: "o" })).toBeUndefined();
});

test("names of JavaScript's own do not pass for variables", () => {
  expect(applicationVariable(app, {}, "constructor")).toBeUndefined();
});

describe("names that a component may ask for", () => {
  test.each(["a", "a_b", "a1", "a_1"])("%s is valid", (name) => {
    expect(invalidVariableName(name)).toBeUndefined();
  });

  test.each([
    ["", '"": must not be empty'],
    [
      "a-b",
      `"a-b": invalid character '-'. Variable names may contain only lower-case letters, numbers, and underscores.`,
    ],
    [
      "aB",
      `"aB": invalid character 'B'. Variable names may contain only lower-case letters, numbers, and underscores.`,
    ],
    ["1a", '"1a": must start with a lowercase ASCII letter'],
    ["a_", '"a_": must end with a lowercase ASCII letter or digit'],
    ["a__b", '"a__b": must not contain multiple consecutive underscores'],
  ])("%j is not", (name, message) => {
    expect(invalidVariableName(name)).toBe(message);
  });
});

test("a variable that is not declared", () => {
  expect(undefinedVariable("api", resolveVariables(app, "api", {}), "x")).toBe('no variable for "api"."x"');
  expect(undefinedVariable("none", new Map(), "x")).toBe('no variable for component "none"');
});
