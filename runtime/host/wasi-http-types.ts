import type { HttpErrorCode } from "./context.ts";
import { describePayload, WitError } from "./wit-error.ts";

/** `wasi:http/types.method`: `{ tag: "get" }` or `{ tag: "other", val: "PURGE" }`. */
export type Method = { tag: string; val?: string };
/** `wasi:http/types.scheme`: tags `HTTP`, `HTTPS`, `other`. */
export type Scheme = { tag: "HTTP" | "HTTPS" } | { tag: "other"; val: string };
/** What an `ok`/`err` result is where it is a value, not the outcome of a call. */
export type Result<T, E> = { tag: "ok"; val: T } | { tag: "err"; val: E };

const knownMethods = new Set(["get", "head", "post", "put", "delete", "connect", "options", "trace", "patch"]);

/** Methods are case-sensitive (RFC 9110, 9.1): `get` is not `GET` and so is `other`. */
export function methodFromName(name: string): Method {
  const tag = name.toLowerCase();
  return name === name.toUpperCase() && knownMethods.has(tag) ? { tag } : { tag: "other", val: name };
}

export function methodName(method: Method): string {
  return method.tag === "other" ? (method.val ?? "") : method.tag.toUpperCase();
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** `token` of RFC 9110, 5.6.2: method names and field names. */
export function isToken(text: string): boolean {
  return token.test(text);
}

/**
 * A failure of HTTP as a stream's failure: `http-error-code` finds the code again. `message` is for people; without it the
 * code speaks for itself.
 */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly code: HttpErrorCode;

  constructor(code: HttpErrorCode, message = describePayload(code)) {
    super(message);
    this.code = code;
  }
}

/** The same as the `err` of a host call. */
export function httpFailure(code: HttpErrorCode): WitError<HttpErrorCode> {
  return new WitError(code);
}

/** The code of a stream's failure; `internal-error` with its text when it is not one of HTTP. */
export function errorCodeOf(error: Error | undefined): HttpErrorCode {
  if (error instanceof HttpError) return error.code;
  return { tag: "internal-error", val: error?.message };
}
