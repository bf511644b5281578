/**
 * The error of a WIT `result`. jco's glue takes `payload` as the `err` value; any other `Error` that a host function
 * throws is a trap of the guest.
 */
export class WitError<Payload = unknown> extends Error {
  override readonly name = "WitError";
  /** A variant is `{ tag, val }`, an enum its case as a string, a `result` without an error type has `undefined`. */
  readonly payload: Payload;

  constructor(payload: Payload) {
    super(describePayload(payload));
    this.payload = payload;
  }
}

/** A short text for people: the variant's or enum's case. */
export function describePayload(payload: unknown): string {
  if (typeof payload === "string") return payload;
  if (typeof payload === "object" && payload !== null && "tag" in payload) {
    const value = "val" in payload && typeof payload.val === "string" ? `: ${payload.val}` : "";
    return `${String(payload.tag)}${value}`;
  }
  return "failed";
}

/** `err` of a `result` that carries no error value. */
export function failure(): WitError<undefined> {
  return new WitError(undefined);
}
