/**
 * The one byte stream inside the host. It is polled and pulled, never pushed: the reader asks for what is there, or
 * waits. Failures are values. `wasi:io` streams and the transport of responses are two faces of it.
 */
export interface ByteSource {
  /** Bytes that are there now, at most `limit`; empty when there are none. Never waits, never throws. */
  take(limit: number): Uint8Array;
  /** `ended` and `failed` show only once every byte before them was taken. */
  readonly state: "open" | "ended" | "failed";
  /** Why the stream failed; set exactly when `state` is `failed`. */
  readonly failure: Error | undefined;
  /** Settles (never rejects) when `take` would give bytes or `state` is no longer `open`. */
  ready(): Promise<void>;
  /** Whether `ready()` would settle at once. */
  readonly isReady: boolean;
  /** The reader wants no more; the producer is told. Safe to call more than once. */
  cancel(): void;
}
