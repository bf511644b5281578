import { WitError } from "./wit-error.ts";

/** `wasi:io/error.error`: why the last operation of a stream failed. */
export class IoError {
  readonly cause: Error;

  constructor(cause: Error) {
    this.cause = cause;
  }

  toDebugString(): string {
    return this.cause.message;
  }
}

/** `wasi:io/streams.stream-error`. */
export type StreamError = { tag: "last-operation-failed"; val: IoError } | { tag: "closed" };

export function streamClosed(): WitError<StreamError> {
  return new WitError({ tag: "closed" });
}

export function lastOperationFailed(cause: Error): WitError<StreamError> {
  return new WitError({ tag: "last-operation-failed", val: new IoError(cause) });
}

/**
 * The error of a stream that is no longer open. A failure is told once, to the first operation that meets it; from then on
 * the stream is `closed`.
 */
export class StreamEnd {
  #told = false;

  error(failure: Error | undefined): WitError<StreamError> {
    if (failure === undefined || this.#told) return streamClosed();
    this.#told = true;
    return lastOperationFailed(failure);
  }
}
