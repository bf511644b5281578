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
  const get = async (key: string): Promise<string | undefined> => {
    try {
      return await readVariable(context, key);
    } catch (error) {
      if (!(error instanceof WitError)) throw error;
      const { tag, val } = error.payload as VariablesError;
      if (tag === "undefined" || tag === "invalid-name") return undefined;
      throw new WitError<ConfigError>({ tag: "upstream", val });
    }
  };

  const getAll = async (): Promise<[key: string, value: string][]> => {
    const all: [key: string, value: string][] = [];
    // One after the other: a guest waits for one thing at a time.
    for (const name of [...context.variables.keys()].sort()) {
      const value = await get(name);
      if (value !== undefined) all.push([name, value]);
    }
    return all;
  };

  return { get, getAll };
}
