import type { spin1Config } from "../host/spin-1/config.ts";
import { string } from "./codec.ts";
import { result, variant } from "./codec-compounds.ts";
import { fallible, type HostFunctions } from "./host-function.ts";

const error = variant([
  ["provider", string],
  ["invalid-key", string],
  ["invalid-schema", string],
  ["other", string],
]);

/** The import module `spin-config`. */
export function configFunctions(config: ReturnType<typeof spin1Config>): HostFunctions {
  return { "get-config": fallible([string], result(string, error), config.getConfig) };
}
