import type { SpinHttp } from "../host/spin-1/http.ts";
import { result } from "./codec-compounds.ts";
import { fallible, type HostFunctions } from "./host-function.ts";
import { httpError, request, response } from "./spin1-http-types.ts";

/** The import module `wasi-outbound-http`. */
export function httpFunctions(http: SpinHttp): HostFunctions {
  return { request: fallible([request], result(response, httpError), (sent) => http.sendRequest(sent)) };
}
