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
  entry: string;
  exports: readonly string[];
  code: string;
  packageJson: PackageJson | undefined;
}

/** Tells the style by the entry's exports, the code and the SDK's version; or says why there is none. */
export function detectStyle({ entry, exports, code, packageJson }: BundleFacts): HandlerStyle | Diagnostic {
  if (listens.test(code)) return "listener";
  const has = (name: string) => exports.includes(name);
  const old = usesOldSdk(packageJson);
  if (has("handleRequest")) return "sdk-1";
  if (has("handler")) return (old ?? oldGlobals.test(code)) ? "sdk-1" : "sdk-2";
  return { severity: "error", file: entry, line: 1, column: 1, ...noHandler(exports) };
}

/** Whether `@fermyon/spin-sdk` in package.json is older than 2; `undefined` when it is not named. */
export function usesOldSdk(packageJson: PackageJson | undefined): boolean | undefined {
  const range = { ...packageJson?.devDependencies, ...packageJson?.dependencies }["@fermyon/spin-sdk"];
  const major = majorOf(range);
  return major === undefined ? undefined : major < 2;
}

function noHandler(exports: readonly string[]): Pick<Diagnostic, "code" | "message"> {
  if (exports.includes("incomingHandler")) {
    return {
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
    code: "handler-missing",
    message:
      'This module does not handle requests: it neither calls addEventListener("fetch", …) nor exports "handler" or ' +
      `"handleRequest".${hint}`,
  };
}
