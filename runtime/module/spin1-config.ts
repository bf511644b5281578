import { string } from "./codec.ts";
import { result, variant, type Variant } from "./codec-compounds.ts";
import { fallible, type HostFunctions } from "./host-function.ts";

/** `fermyon:spin/variables@2` as the host has it. */
interface Variables {
  get(name: string): Promise<string>;
}

const error = variant([
  ["provider", string],
  ["invalid-key", string],
  ["invalid-schema", string],
  ["other", string],
]);

/** As in Spin: a variable that is not defined is an error of the provider, and one of the provider is another one. */
function toError(payload: unknown): Variant {
  const { tag, val } = payload as Variant;
  if (tag === "invalid-name") return { tag: "invalid-key", val };
  if (tag === "undefined") return { tag: "provider", val };
  const name = tag === "provider" ? "Provider" : "Other";
  return { tag: "other", val: `Error::${name}(${JSON.stringify(val)})` };
}

/** The import module `spin-config`. */
export function spin1Config(variables: Variables): HostFunctions {
  return { "get-config": fallible([string], result(string, error), toError, (name) => variables.get(name)) };
}
