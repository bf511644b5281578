import { transferHandlers } from "comlink";
import type { Diagnostic } from "./diagnostic.ts";
import { errorCodes, PlaygroundError } from "./errors.ts";
import type { ErrorCode } from "./errors.ts";

interface Thrown {
  value: unknown;
}

interface ThrownMessage {
  code: ErrorCode;
  message: string;
  stack?: string | undefined;
  diagnostics: readonly Diagnostic[];
}

/**
 * Lets `PlaygroundError` cross comlink with its code and diagnostics; comlink itself keeps only name and message. An
 * error of any other class arrives as `internal`. Both ends of an endpoint call this once, before the first message.
 */
export function carryPlaygroundErrors(): void {
  const original = transferHandlers.get("throw");
  if (!original) throw new PlaygroundError("internal", "comlink has no handler for thrown values.");
  transferHandlers.set("throw", {
    canHandle: (value): value is unknown => original.canHandle(value),
    serialize: (thrown: Thrown): [ThrownMessage, Transferable[]] => [toMessage(thrown.value), []],
    deserialize: (message: ThrownMessage): never => {
      throw fromMessage(message);
    },
  });
}

function toMessage(value: unknown): ThrownMessage {
  if (value instanceof PlaygroundError) {
    return { code: value.code, message: value.message, stack: value.stack, diagnostics: value.diagnostics };
  }
  const stack = value instanceof Error ? value.stack : undefined;
  return { code: "internal", message: value instanceof Error ? value.message : String(value), stack, diagnostics: [] };
}

function fromMessage({ code, message, stack, diagnostics }: ThrownMessage): PlaygroundError {
  const error = new PlaygroundError(code in errorCodes ? code : "internal", message, { diagnostics });
  if (stack) error.stack = stack;
  return error;
}
