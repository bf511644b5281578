import type { HttpErrorCode } from "./context.ts";

/**
 * Every failure of an outbound request that a browser lets us tell apart, and the `wasi:http/types.error-code` that the guest
 * gets for it: where native Spin knows the same failure, it is Spin's code (`crates/factor-outbound-http`).
 */
export const outboundErrorCodes = {
  /** `allowed_outbound_hosts` has no entry for the destination. */
  denied: { tag: "HTTP-request-denied" },
  /** The browser withholds the response (CORS), or does not send at all (mixed content): refused by rule, as above. */
  refusedByBrowser: { tag: "HTTP-request-denied" },
  /** No URL, a scheme that is not HTTP's, or user information in it. */
  invalidUrl: { tag: "HTTP-request-URI-invalid" },
  /** A method that `fetch` refuses: CONNECT, TRACE, TRACK. */
  invalidMethod: { tag: "HTTP-request-method-invalid" },
  /** The host cannot be reached. A browser does not say whether name, connection or TLS failed. */
  unreachable: { tag: "connection-refused" },
  /** The same, and the browser says that it is offline: Spin's code for a name that cannot be resolved. */
  offline: { tag: "DNS-error", val: { rcode: "address not available", infoCode: 0 } },
  /** No head of a response within `first-byte-timeout`. */
  noFirstByte: { tag: "connection-read-timeout" },
  /** No further bytes of the body within `between-bytes-timeout`. */
  noFurtherBytes: { tag: "connection-read-timeout" },
  /** The guest broke off the body that it was sending. */
  requestBroken: { tag: "HTTP-protocol-error" },
  /** The connection broke in the middle of the response's body. */
  responseBroken: { tag: "HTTP-protocol-error" },
  /** The guest's own request is over, or the guest dropped the future of the response. */
  givenUp: { tag: "connection-terminated" },
} as const satisfies Record<string, HttpErrorCode>;

/** What a thing that native Spin does, and a browser does not, becomes; and a fault of the playground itself. */
export function internalError(text: string): HttpErrorCode {
  return { tag: "internal-error", val: text };
}

/**
 * The codes of a body's length, which come with it: the guest wrote more or less than its own `content-length` says
 * (`wasi-http-outgoing-body.ts`), or more than the playground keeps of a body that cannot be streamed.
 */
export const bodySizeErrorCodes = { request: "HTTP-request-body-size", response: "HTTP-response-body-size" } as const;

/**
 * The codes that no guest ever gets here. Names, addresses, connections and TLS are hidden behind `unreachable`; a failure
 * to decode, an answer cut short or too long are one and the same to a page (`responseBroken`, or `unreachable` before the
 * head); the limits of servers come as responses (411, 414, 431).
 */
export const unseenErrorCodes: readonly string[] = [
  "DNS-timeout",
  "destination-not-found",
  "destination-unavailable",
  "destination-IP-prohibited",
  "destination-IP-unroutable",
  "connection-timeout",
  "connection-write-timeout",
  "connection-limit-reached",
  "TLS-protocol-error",
  "TLS-certificate-error",
  "TLS-alert-received",
  "HTTP-request-length-required",
  "HTTP-request-URI-too-long",
  "HTTP-request-header-section-size",
  "HTTP-request-header-size",
  "HTTP-request-trailer-section-size",
  "HTTP-request-trailer-size",
  "HTTP-response-incomplete",
  "HTTP-response-header-section-size",
  "HTTP-response-header-size",
  "HTTP-response-trailer-section-size",
  "HTTP-response-trailer-size",
  "HTTP-response-transfer-coding",
  "HTTP-response-content-coding",
  "HTTP-response-timeout",
  "HTTP-upgrade-failed",
  "loop-detected",
  "configuration-error",
];
