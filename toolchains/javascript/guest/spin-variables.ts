/** `@spinframework/spin-variables`: the component's variables. */
import { get as witGet } from "fermyon:spin/variables@2.0.0";

/** The value of a variable, `null` when the component has no such variable or it cannot be resolved. */
export function get(name: string): string | null {
  try {
    return witGet(name);
  } catch {
    // The package's contract: any failure is null.
    return null;
  }
}
