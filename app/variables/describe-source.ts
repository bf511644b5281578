import type { ApplicationVariable } from "../kernel/playground.ts";

/** Where the application gets a variable's value from, for the person. `masked` keeps a default out of the text. */
export function describeSource({ source, default: fallback, value }: ApplicationVariable, masked: boolean): string {
  const shown = masked ? "a default that is hidden" : fallback === "" ? "an empty default" : `the default, ${fallback}`;
  const otherwise = value !== undefined ? "this value" : fallback === undefined ? "nothing" : shown;
  switch (source) {
    case "runtime-config":
      return "runtime-config.toml gives its value, which comes before the one of this field.";
    case "vault":
      return `A Vault is asked for it at each request; where that has none, it is ${otherwise}.`;
    case "value":
      return fallback === undefined ? "It has this value." : `It has this value in place of ${shown}.`;
    case "default":
      return `It has ${shown}.`;
    default:
      return "It has no value and no default.";
  }
}
