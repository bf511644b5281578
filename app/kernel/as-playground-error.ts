import { type ErrorCode, errorCodes, PlaygroundError } from "../../runtime/errors.ts";
import type { Diagnostic } from "../../runtime/diagnostic.ts";

/**
 * Any failure as a `PlaygroundError`. One that came out of a worker or frame is no instance of the class any more: its
 * `code` and `diagnostics`, where they came along, are taken over; otherwise it gets the fallback code.
 */
export function asPlaygroundError(error: unknown, fallback: ErrorCode): PlaygroundError {
  if (error instanceof PlaygroundError) return error;
  if (!(error instanceof Error)) return new PlaygroundError(fallback, String(error), { cause: error });
  const { code, diagnostics } = error as Error & { code?: unknown; diagnostics?: unknown };
  return new PlaygroundError(isErrorCode(code) ? code : fallback, error.message, {
    diagnostics: Array.isArray(diagnostics) ? (diagnostics as Diagnostic[]) : [],
    cause: error,
  });
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(errorCodes, code);
}
