import { describe, expect, it } from "vitest";
import type { ComponentVariable } from "../manifest/provided-variables.ts";
import type { VaultAnswer, VaultProvider } from "../manifest/variables-provider.ts";
import { fermyonSpinVariables } from "./fermyon-spin-variables.ts";
import { spinTestContext, witErrorOf } from "./fermyon-spin-test-context.ts";
import { wasiConfigStore } from "./wasi-config-store.ts";

const variables = new Map([
  ["greeting", { value: "hi" }],
  ["empty", { value: "" }],
]);
const withUnresolved = new Map<string, ComponentVariable>([
  ...variables,
  ["secret", { unresolved: 'no provider resolved required variable "token"' }],
]);

describe("fermyon:spin/variables", () => {
  const { get } = fermyonSpinVariables(spinTestContext({ variables: withUnresolved }));

  it("gives values", async () => {
    expect(await get("greeting")).toBe("hi");
    expect(await get("empty")).toBe("");
  });

  it("has the guest wait while a Vault is asked, each time, and for nothing else", async () => {
    const provider: VaultProvider = { type: "vault", url: "https://vault", token: "t", mount: "secret" };
    const answers: VaultAnswer[] = [{ value: "one" }, { failure: "Failed to retrieve config from Vault" }];
    const asked: ComponentVariable = {
      async ask(read) {
        const answer = await read(provider, "token");
        return "failure" in answer ? { unresolved: answer.failure } : { value: answer.value ?? "none" };
      },
    };
    const context = spinTestContext({
      variables: new Map<string, ComponentVariable>([...variables, ["token", asked]]),
      readVault: async () => answers.shift() ?? { value: undefined },
    });
    const waiting = fermyonSpinVariables(context);
    expect(await waiting.get("greeting")).toBe("hi");
    expect(context.suspensions).toBe(0);
    expect(await waiting.get("token")).toBe("one");
    expect(await witErrorOf(() => waiting.get("token"))).toEqual({
      tag: "provider",
      val: "Failed to retrieve config from Vault",
    });
    expect(context.suspensions).toBe(2);
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
  it("gives none for names that are invalid or not defined", async () => {
    const { get } = wasiConfigStore(spinTestContext({ variables }));
    expect(await get("greeting")).toBe("hi");
    expect(await get("other")).toBeUndefined();
    expect(await get("my-key")).toBeUndefined();
  });

  it("lists all values", async () => {
    expect(await wasiConfigStore(spinTestContext({ variables })).getAll()).toEqual([
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
