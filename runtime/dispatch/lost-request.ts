/** A request whose worker was ended before its answer was complete. */
export interface LostRequest {
  method: string;
  hasBody: boolean;
  /** Whether the head of its response had come. */
  hasHead: boolean;
  /** Whether its guest may have been the one that made the worker be ended (`WorkerToSupervisor`, `running`). */
  wasRunning: boolean;
  /** Whether it was lost, and sent again, before. */
  isSecondTry: boolean;
}

/** RFC 9110, 9.2.1: whoever sends one of these again has asked for no change again. */
const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/**
 * Why a request is not sent again to another worker; `undefined` when it may be. Once only: a request that loses two
 * workers is likely to be what ends them. A body was read by the worker that is gone.
 */
export function whyNotAgain({ method, hasBody, hasHead, wasRunning, isSecondTry }: LostRequest): string | undefined {
  if (wasRunning) return "its own handler was running";
  if (hasHead) return "a part of its answer was there already";
  if (isSecondTry) return "it had been sent a second time already";
  if (!safeMethods.has(method)) return `a ${method} request may have changed something`;
  if (hasBody) return "its body was read already";
  return undefined;
}

/** What is told about a lost request. `reason`, a whole sentence, is why its worker is gone. */
export function describeLoss(reason: string, request: LostRequest): string {
  if (request.wasRunning) return `${reason} It was running the handler of this request.`;
  const why = whyNotAgain(request) ?? "no other worker was there";
  return `${reason} This request was lost with it, and was not sent again: ${why}.`;
}
