import { inOldTerms } from "./old-terms.ts";

/** `fermyon:spin/variables@2` as the host has it. */
interface Variables {
  get(name: string): Promise<string>;
}

interface ConfigError {
  tag: "provider" | "invalid-key" | "invalid-schema" | "other";
  val: string;
}

/** As in Spin: a variable that is not defined is an error of the provider, and one of the provider is another one. */
function toError(payload: unknown): ConfigError {
  const { tag, val } = payload as { tag: "invalid-name" | "undefined" | "provider" | "other"; val: string };
  if (tag === "invalid-name") return { tag: "invalid-key", val };
  if (tag === "undefined") return { tag: "provider", val };
  const name = tag === "provider" ? "Provider" : "Other";
  return { tag: "other", val: `Error::${name}(${JSON.stringify(val)})` };
}

/** `fermyon:spin/config`: what are variables today. */
export function spin1Config(variables: Variables) {
  return { getConfig: (key: string) => inOldTerms(toError, () => variables.get(key)) };
}
