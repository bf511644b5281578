import { scope } from "./scope.ts";
import type { FetchEvent } from "./scope.ts";

/** Milliseconds between two looks for the page that waits for an answer. */
const lookEveryMs = 1_000;

export interface ClientWatch {
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** The head of the answer is there: a body that nobody reads is cancelled by the browser. */
  readonly end: () => void;
}

/**
 * Watches whether somebody still waits for the head of an answer. Chromium (156) does not abort the signal of a request in
 * a service worker, so: the client of a navigation is looked up once, which takes until it is there or given up; the page
 * of any other request is looked for now and then. A `fetch` that a page aborts while it stays open is not seen by this.
 */
export function watchClient({ request, clientId, resultingClientId }: FetchEvent): ClientWatch {
  const gone = new AbortController();
  let timer: ReturnType<typeof setInterval> | undefined;
  const look = async (id: string): Promise<void> => {
    if ((await scope.clients.get(id)) === undefined) gone.abort();
  };
  if (resultingClientId !== "") void look(resultingClientId);
  else if (clientId !== "") timer = setInterval(() => void look(clientId), lookEveryMs);
  return { signal: AbortSignal.any([request.signal, gone.signal]), end: () => clearInterval(timer) };
}
