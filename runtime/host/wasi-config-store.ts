import type { InstanceContext } from "./context.ts";
import { readVariable, type VariablesError } from "./fermyon-spin-variables.ts";
import { WitError } from "./wit-error.ts";

/** `wasi:config/store.error`. */
export type ConfigError = { tag: "upstream" | "io"; val: string };

/**
 * `wasi:config/store@0.2.0-draft-2024-09-27` over the component's variables, as Spin does it: a name that is invalid or
 * not defined is `none`; a variable without a value is `upstream(text)`.
 */
export function wasiConfigStore(context: InstanceContext) {
  const get = (key: string): string | undefined => {
    try {
      return readVariable(context, key);
    } catch (error) {
      if (!(error instanceof WitError)) throw error;
      const { tag, val } = error.payload as VariablesError;
      if (tag === "undefined" || tag === "invalid-name") return undefined;
      throw new WitError<ConfigError>({ tag: "upstream", val });
    }
  };

  const getAll = (): [key: string, value: string][] => {
    return [...context.variables.keys()].sort().flatMap((name): [string, string][] => {
      const value = get(name);
      return value === undefined ? [] : [[name, value]];
    });
  };

  return { get, getAll };
}
