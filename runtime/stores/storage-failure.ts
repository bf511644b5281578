import { PlaygroundError } from "../errors.ts";

/**
 * A failure of IndexedDB as the person should read it. What is already a `PlaygroundError` passes unchanged.
 * The names are those of the DOMExceptions in the Indexed Database API 3.0 specification, and `UnknownError` and
 * `SecurityError` as browsers raise them where storage is blocked.
 */
export function storageFailure(error: unknown): PlaygroundError {
  if (error instanceof PlaygroundError) return error;
  return new PlaygroundError("store-unavailable", explain(error), { cause: error });
}

function explain(error: unknown): string {
  const name = error instanceof Error ? error.name : "";
  const detail = error instanceof Error ? error.message : String(error);
  switch (name) {
    case "QuotaExceededError":
      return `The browser has no room left to store key-value data for this application (${detail}).`;
    case "SecurityError":
    case "UnknownError":
    case "NotAllowedError":
      return `The browser does not let this application store data, as in some private modes (${detail}).`;
    case "InvalidStateError":
    case "AbortError":
      return `The browser ended the access to stored key-value data, as when site data is cleared (${detail}).`;
    default:
      return `The browser could not read or write key-value data (${detail}).`;
  }
}
