import { PlaygroundError } from "../errors.ts";

/**
 * A failure of IndexedDB as the person should read it. What is already a `PlaygroundError` passes unchanged.
 * The names are those of the DOMExceptions in the Indexed Database API 3.0 specification, and `UnknownError` and
 * `SecurityError` as browsers raise them where storage is blocked. `what` names the data in the message.
 */
export function storageFailure(error: unknown, what = "key-value data"): PlaygroundError {
  if (error instanceof PlaygroundError) return error;
  return new PlaygroundError("store-unavailable", explain(error, what), { cause: error });
}

function explain(error: unknown, what: string): string {
  const name = error instanceof Error ? error.name : "";
  const detail = error instanceof Error ? error.message : String(error);
  switch (name) {
    case "QuotaExceededError":
      return `The browser has no room left to store ${what} for this application (${detail}).`;
    case "SecurityError":
    case "UnknownError":
    case "NotAllowedError":
      return `The browser does not let this application store data, as in some private modes (${detail}).`;
    case "InvalidStateError":
    case "AbortError":
      return `The browser ended the access to stored ${what}, as when site data is cleared (${detail}).`;
    default:
      return `The browser could not read or write ${what} (${detail}).`;
  }
}
