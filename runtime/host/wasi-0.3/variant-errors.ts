import { WitError } from "../wit-error.ts";

/** Error codes that are an enum in 0.2 are a variant in 0.3, so that there is a case with a text: `{ tag: "no-entry" }`. */
export function asVariant<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw error instanceof WitError && typeof error.payload === "string" ? new WitError({ tag: error.payload }) : error;
  }
}
