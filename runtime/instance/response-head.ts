import { PlaygroundError } from "../errors.ts";

/** Statuses that `new Response` takes only without a body (Fetch standard, "null body status", where it is 200 or more). */
const bodylessStatuses: ReadonlySet<number> = new Set([204, 205, 304]);

/** Fails for a status that `Response` does not take (Fetch standard: 200 to 599), though `wasi:http` does. */
export function requireSendable(status: number): void {
  if (status >= 200 && status <= 599) return;
  throw new PlaygroundError(
    "instance-failed",
    `The answer has status ${status}, which a browser cannot show: it takes 200 to 599. Native Spin sends it.`,
  );
}

/** Whether a response may carry a body: not to HEAD (RFC 9110, 9.3.2), and not with 204, 205 or 304. */
export function mayHaveBody(method: string, status: number): boolean {
  return method !== "HEAD" && !bodylessStatuses.has(status);
}
