import { PlaygroundError } from "../errors.ts";

/** What a thrown value of a guest or of the host around it means to the person. */
export function toFailure(error: unknown): PlaygroundError {
  if (error instanceof PlaygroundError) return error;
  // V8 tells it as any program's; the glue gives the other traps Wasmtime's wording.
  if (error instanceof RangeError && /call stack/.test(error.message)) {
    return new PlaygroundError("instance-failed", "guest invocation failed: wasm trap: call stack exhausted", {
      cause: error,
    });
  }
  if (error instanceof RangeError && /memory/i.test(error.message)) {
    return new PlaygroundError("limit-exceeded", `There was no memory for another instance: ${error.message}`, {
      cause: error,
    });
  }
  return new PlaygroundError("instance-failed", `guest invocation failed: ${describe(error)}`, { cause: error });
}

/** The status with which a failure is answered. Spin answers 500 for everything the guest does wrong. */
export function failureStatus({ code }: PlaygroundError): number {
  if (code === "deadline-exceeded") return 504;
  if (code === "limit-exceeded" || code === "not-running") return 503;
  return 500;
}

function describe(error: unknown): string {
  if (error instanceof Error) return error.message;
  if (typeof error === "object" && error !== null) return JSON.stringify(error);
  return String(error);
}

/** The body of a response is longer than the limit in bytes. */
export function responseTooLong(bytes: number): PlaygroundError {
  return new PlaygroundError(
    "limit-exceeded",
    `The response body is longer than ${bytes} bytes, the playground's limit.`,
  );
}
