import type { InstanceContext } from "./context.ts";
import type { Fields } from "./wasi-http-fields.ts";
import type { OutgoingBody } from "./wasi-http-outgoing-body.ts";
import { OutgoingRequest, RequestOptions } from "./wasi-http-outgoing-request.ts";
import { OutgoingResponse } from "./wasi-http-outgoing-response.ts";
import type { Method, Scheme } from "./wasi-http-types.ts";
import { WitError } from "./wit-error.ts";

/** What an `outgoing-request` is constructed of. */
export type RequestParts = [
  method: Method,
  pathWithQuery: string | undefined,
  scheme: Scheme | undefined,
  authority: string | undefined,
  headers: Fields,
];

/** `outgoing-request`, which is constructed with all its parts; `write` is the later `body`. */
export class OutgoingRequest20231018 extends OutgoingRequest {
  /** `headers` are borrowed: the guest may go on changing its own. What is invalid traps. */
  constructor(context: InstanceContext, ...[method, pathWithQuery, scheme, authority, headers]: RequestParts) {
    super(context, headers.clone());
    trapOnError("invalid method supplied", () => this.setMethod(method));
    trapOnError("invalid path-with-query supplied", () => this.setPathWithQuery(pathWithQuery));
    trapOnError("invalid scheme supplied", () => this.setScheme(scheme));
    trapOnError("invalid authority supplied", () => this.setAuthority(authority));
  }

  write(): OutgoingBody {
    return this.body();
  }
}

/** `outgoing-response`, likewise. */
export class OutgoingResponse20231018 extends OutgoingResponse {
  constructor(context: InstanceContext, status: number, headers: Fields) {
    super(context, headers.clone());
    trapOnError("invalid status code supplied", () => this.setStatusCode(status));
  }

  write(): OutgoingBody {
    return this.body();
  }
}

/** `request-options`, which is a record; milliseconds. */
export interface RequestOptions20231018 {
  connectTimeoutMs?: number;
  firstByteTimeoutMs?: number;
  betweenBytesTimeoutMs?: number;
}

export function toRequestOptions(record: RequestOptions20231018): RequestOptions {
  const options = new RequestOptions();
  options.setConnectTimeout(toNanoseconds(record.connectTimeoutMs));
  options.setFirstByteTimeout(toNanoseconds(record.firstByteTimeoutMs));
  options.setBetweenBytesTimeout(toNanoseconds(record.betweenBytesTimeoutMs));
  return options;
}

function toNanoseconds(milliseconds: number | undefined): bigint | undefined {
  return milliseconds === undefined ? undefined : BigInt(milliseconds) * 1_000_000n;
}

/** This version's constructors have no `result` to tell an error by. */
function trapOnError(text: string, set: () => void): void {
  try {
    set();
  } catch (error) {
    throw error instanceof WitError ? new Error(text) : error;
  }
}
