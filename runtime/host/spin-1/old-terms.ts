import { WitError } from "../wit-error.ts";

/**
 * Asks a host interface of today, and turns the error that it has into that of the interface of Spin 1. What is no error of
 * an interface is passed on: it ends the guest.
 */
export async function inOldTerms<Value>(
  toError: (payload: unknown) => unknown,
  ask: () => Promise<Value>,
): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof WitError ? new WitError(toError(error.payload)) : error;
  }
}
