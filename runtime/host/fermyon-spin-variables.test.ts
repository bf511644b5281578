import { describe, expect, it } from "vitest";
import type { VariableValue } from "../manifest/variables.ts";
import { fermyonSpinVariables } from "./fermyon-spin-variables.ts";
import { spinTestContext, witErrorOf } from "./fermyon-spin-test-context.ts";
import { wasiConfigStore } from "./wasi-config-store.ts";

const variables = new Map([
  ["greeting", { value: "hi" }],
  ["empty", { value: "" }],
]);
const withUnresolved = new Map<string, VariableValue>([
  ...variables,
  ["secret", { unresolved: 'no provider resolved required variable "token"' }],
]);

describe("fermyon:spin/variables", () => {
  const { get } = fermyonSpinVariables(spinTestContext({ variables: withUnresolved }));

  it("gives values", () => {
    expect(get("greeting")).toBe("hi");
    expect(get("empty")).toBe("");
  });

  it.each([
    ["", '"": must not be empty'],
    [
      "my-key",
      "\"my-key\": invalid character '-'. Variable names may contain only lower-case letters, numbers, and underscores.",
    ],
    ["1st", '"1st": must start with a lowercase ASCII letter'],
    ["a_", '"a_": must end with a lowercase ASCII letter or digit'],
    ["a__b", '"a__b": must not contain multiple consecutive underscores'],
  ])("refuses the name %j", async (name, val) => {
    expect(await witErrorOf(() => get(name))).toEqual({ tag: "invalid-name", val });
  });

  it("names what is not defined", async () => {
    expect(await witErrorOf(() => get("other"))).toEqual({ tag: "undefined", val: 'no variable for "hello"."other"' });
    const none = fermyonSpinVariables(spinTestContext());
    expect(await witErrorOf(() => none.get("other"))).toEqual({
      tag: "undefined",
      val: 'no variable for component "hello"',
    });
  });

  it("names what has no value", async () => {
    expect(await witErrorOf(() => get("secret"))).toEqual({
      tag: "provider",
      val: 'no provider resolved required variable "token"',
    });
  });
});

describe("wasi:config/store", () => {
  it("gives none for names that are invalid or not defined", () => {
    const { get } = wasiConfigStore(spinTestContext({ variables }));
    expect(get("greeting")).toBe("hi");
    expect(get("other")).toBeUndefined();
    expect(get("my-key")).toBeUndefined();
  });

  it("lists all values", () => {
    expect(wasiConfigStore(spinTestContext({ variables })).getAll()).toEqual([
      ["empty", ""],
      ["greeting", "hi"],
    ]);
  });

  it("fails with upstream for a variable without a value", async () => {
    const { get, getAll } = wasiConfigStore(spinTestContext({ variables: withUnresolved }));
    const upstream = { tag: "upstream", val: 'no provider resolved required variable "token"' };
    expect(await witErrorOf(() => get("secret"))).toEqual(upstream);
    expect(await witErrorOf(getAll)).toEqual(upstream);
  });
});
