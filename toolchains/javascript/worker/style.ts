import type { Diagnostic } from "../../../runtime/diagnostic.ts";
import { majorOf } from "./package-json.ts";
import type { PackageJson } from "./package-json.ts";

/**
 * How a program takes requests:
 * - `listener`: `addEventListener("fetch", …)` (today's templates; itty-router, hono's `fire`);
 * - `sdk-2`: exports `handler(request, responseBuilder)` of `@fermyon/spin-sdk` 2;
 * - `sdk-1`: exports `handleRequest(request)` or `handler(request, response)` of Spin 1.0, with the globals of that time.
 */
export type HandlerStyle = "listener" | "sdk-2" | "sdk-1";

const listens = /\baddEventListener\s*\(\s*["'`]fetch["'`]/;
const oldGlobals = /\b(?:spinSdk\s*\.|utils\s*\.\s*(?:Router|toBuffer)\b)/;

/** What the bundle of the person's entry module tells. */
export interface BundleFacts {
  exports: readonly string[];
  code: string;
  packageJson: PackageJson | undefined;
}

/**
 * The styles that a program may have, by the entry's exports, the code and the SDK's version; those to try first come
 * first. Whether it is `listener` shows only when the program runs: the call may stand in a package and never be made.
 */
export function possibleStyles({ exports, code, packageJson }: BundleFacts): HandlerStyle[] {
  const exported = exportStyle({ exports, code, packageJson });
  if (exported === undefined) return ["listener"];
  return listens.test(code) ? ["listener", exported] : [exported];
}

function exportStyle({ exports, code, packageJson }: BundleFacts): HandlerStyle | undefined {
  if (exports.includes("handleRequest")) return "sdk-1";
  if (!exports.includes("handler")) return undefined;
  return (usesOldSdk(packageJson) ?? oldGlobals.test(code)) ? "sdk-1" : "sdk-2";
}

/** Whether `@fermyon/spin-sdk` in package.json is older than 2; `undefined` when it is not named. */
export function usesOldSdk(packageJson: PackageJson | undefined): boolean | undefined {
  const range = { ...packageJson?.devDependencies, ...packageJson?.dependencies }["@fermyon/spin-sdk"];
  const major = majorOf(range);
  return major === undefined ? undefined : major < 2;
}

/** Says why a program does not handle requests, and how it could. */
export function noHandler(entry: string, exports: readonly string[]): Diagnostic {
  const place = { severity: "error", file: entry, line: 1, column: 1 } as const;
  if (exports.includes("incomingHandler")) {
    return {
      ...place,
      code: "handler-unsupported",
      message:
        'An exported "incomingHandler" (raw wasi:http) is not supported in the playground yet. Use addEventListener("fetch", ' +
        "(event) => event.respondWith(…)).",
    };
  }
  const hint = exports.includes("default")
    ? ' A default export is not called by Spin; with hono, call "app.fire()" instead.'
    : "";
  return {
    ...place,
    code: "handler-missing",
    message:
      'This module does not handle requests: it neither calls addEventListener("fetch", …) nor exports "handler" or ' +
      `"handleRequest".${hint}`,
  };
}
