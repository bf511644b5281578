import type { IncomingMessage, ServerResponse } from "node:http";

/** Answers one request, completely. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** Answers with one line of plain text, for what has no page of its own. */
export function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    "Content-Type": "text/plain; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(`${text}\n`);
}
