import type { Caller, CallResult, SendOptions } from "../../runtime/dispatch/caller.ts";
import type { Cookies } from "./cookies.ts";

/**
 * Sends a request with its cookies. One that changes nothing does not wait until the browser has told what pages have
 * written: it goes out with what was known last, and if that was wrong, it is cancelled and sent again. Its answer is given
 * in no case before it is known to be the right one.
 */
export async function sendWithCookies(
  request: Request,
  caller: Caller,
  cookies: Pick<Cookies, "fieldFor" | "guess">,
  options: SendOptions & { signal: AbortSignal },
): Promise<CallResult> {
  const asked = cookies.fieldFor(request);
  const guess = request.method === "GET" || request.method === "HEAD" ? cookies.guess(request) : undefined;
  if (!guess) return caller.send(request, { ...options, headers: toHeaders(await asked) });
  const wrong = new AbortController();
  const guessed = caller.send(request, {
    ...options,
    signal: AbortSignal.any([options.signal, wrong.signal]),
    headers: toHeaders(guess.field),
  });
  // Told below if the guess was right, and nobody's matter if not.
  guessed.catch(() => undefined);
  const field = await asked;
  if (field === guess.field) return guessed;
  wrong.abort();
  return caller.send(request, { ...options, headers: toHeaders(field) });
}

function toHeaders(field: string | undefined): [string, string][] {
  return field === undefined ? [] : [["cookie", field]];
}
