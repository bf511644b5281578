/** The functions of one interface, by their WIT names (`[method]pollable.block`). Each function is in one of the lists. */
export interface InterfaceFacts {
  /** Functions that may wait for something outside of Wasm: they suspend the guest (JSPI). */
  readonly suspends: readonly string[];
  /**
   * Functions that always return at once. Kept apart since a suspending import costs the guest about half as much
   * again per call even when it does not wait.
   */
  readonly immediate: readonly string[];
  /** Functions that the WIT declares `async`: they wait by the component model's own means, and suspend nothing. */
  readonly asynchronous?: readonly string[];
}

/** Names out of a text, separated by spaces. */
export const list = (names: string): string[] => names.split(/\s+/).filter((name) => name !== "");
/** `[method]resource.name` for each. */
export const methods = (resource: string, names: string): string[] =>
  list(names).map((name) => `[method]${resource}.${name}`);
/** `[static]resource.name` for each. */
export const statics = (resource: string, names: string): string[] =>
  list(names).map((name) => `[static]${resource}.${name}`);
export const asyncFacts = (asynchronous: string[], immediate: string[]): InterfaceFacts => ({
  suspends: [],
  immediate,
  asynchronous,
});
export const facts = (suspends: string[], immediate: string[]): InterfaceFacts => ({ suspends, immediate });
