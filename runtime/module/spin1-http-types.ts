import type { SpinHttpError } from "../host/spin-1/http.ts";
import { bytes, list, string, u16 } from "./codec.ts";
import { methods } from "./inbound-http.ts";
import { enumeration, option, pair, record } from "./codec-compounds.ts";

/** The types of `http-types` of Spin 1.0, of requests to a module and from it. */
export const headers = list(pair(string, string));

export const request = record({
  method: enumeration(methods),
  uri: string,
  headers,
  params: headers,
  body: option(bytes),
});

export const response = record({ status: u16, headers: option(headers), body: option(bytes) });

/** The first case is not used: an error that is none. */
export const httpError = enumeration<"success" | SpinHttpError>([
  "success",
  "destination-not-allowed",
  "invalid-url",
  "request-error",
  "runtime-error",
  "too-many-requests",
]);
