import { expect, test } from "vitest";
import type { ApplicationVariable } from "../kernel/playground.ts";
import { describeSource } from "./describe-source.ts";

const variable = (parts: Partial<ApplicationVariable>): ApplicationVariable => ({
  name: "a",
  required: parts.default === undefined,
  secret: false,
  source: "none",
  usedBy: [],
  ...parts,
});

test.each([
  [variable({}), "It has no value and no default."],
  [variable({ source: "value", value: "v" }), "It has this value."],
  [variable({ source: "default", default: "d" }), "It has the default, d."],
  [variable({ source: "default", default: "" }), "It has an empty default."],
  [variable({ source: "value", value: "v", default: "d" }), "It has this value in place of the default, d."],
  [variable({ source: "vault" }), "A Vault is asked for it at each request; where that has none, it is nothing."],
  [
    variable({ source: "vault", value: "v" }),
    "A Vault is asked for it at each request; where that has none, it is this value.",
  ],
  [
    variable({ source: "runtime-config", value: "v" }),
    "runtime-config.toml gives its value, which comes before the one of this field.",
  ],
])("%j", (described, text) => expect(describeSource(described, false)).toBe(text));

test("a hidden default is not told", () => {
  expect(describeSource(variable({ source: "default", default: "d" }), true)).toBe("It has a default that is hidden.");
});
