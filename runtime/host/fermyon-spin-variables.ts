import { invalidVariableName, undefinedVariable } from "../manifest/variables.ts";
import type { InstanceContext } from "./context.ts";
import { WitError } from "./wit-error.ts";

/** `fermyon:spin/variables@2.0.0.error`. */
export type VariablesError = { tag: "invalid-name" | "undefined" | "provider" | "other"; val: string };

/** `fermyon:spin/variables@2.0.0`, with the texts that Spin's expressions crate gives. */
export function fermyonSpinVariables(context: InstanceContext) {
  return { get: (name: string): Promise<string> => readVariable(context, name) };
}

/**
 * The value of one variable of the component. Rejects with a `WitError` of `VariablesError`. The guest waits where a Vault
 * has to be asked: natively that is done each time, too.
 */
export async function readVariable(context: InstanceContext, name: string): Promise<string> {
  const invalid = invalidVariableName(name);
  if (invalid !== undefined) throw failure("invalid-name", invalid);
  const variable = context.variables.get(name);
  if (variable === undefined) {
    throw failure("undefined", undefinedVariable(context.component.id, context.variables, name));
  }
  const found = "ask" in variable ? await context.suspending(variable.ask(context.readVault)) : variable;
  if ("unresolved" in found) throw failure("provider", found.unresolved);
  return found.value;
}

function failure(tag: VariablesError["tag"], val: string): WitError<VariablesError> {
  return new WitError({ tag, val });
}
