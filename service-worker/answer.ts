import { RequestLost } from "../runtime/dispatch/caller.ts";
import { describeLoss, type LostRequest, whyNotAgain } from "../runtime/dispatch/lost-request.ts";
import type { Cookies } from "./cookies/cookies.ts";
import { sendWithCookies } from "./cookies/send-with-cookies.ts";
import { type Engine, type Engines, tellStudio } from "./engines.ts";
import { failurePage } from "./failure-page.ts";
import { watchClient } from "./gone-client.ts";
import type { FetchEvent } from "./scope.ts";
import { isPageOfItsOwn, standalonePage } from "./standalone-page.ts";

const noEngine =
  "No engine runs this application now. Load its page again, or open it in the studio and keep the studio open.";

export interface AnswerParts {
  engines: Engines;
  cookies: Cookies;
}

/**
 * Answers with the application: finds an engine, forwards the request, streams the answer back. A request whose worker goes
 * away is sent once more where that is safe. A page of its own, with no studio to run the application, gets a page that does.
 */
export async function answer(
  event: FetchEvent,
  { engines, cookies }: AnswerParts,
  isSecondTry = false,
): Promise<Response> {
  const { request } = event;
  const start = Date.now();
  const isOwnPage = isPageOfItsOwn(request);
  const way = await engines.find({ isHasty: isOwnPage });
  if (isOwnPage && (way?.engine.isStandalone ?? true)) {
    const page = await standalonePage();
    if (page) return page;
  }
  if (!way) return failurePage(request, 503, noEngine);
  const watch = watchClient(event);
  try {
    const { response, headers, requestId } = await sendWithCookies(request, way.caller, cookies, watch.signal);
    const { refusals, stored } = await cookies.take(request, headers);
    event.waitUntil(stored);
    for (const text of refusals) tellRefusal(way.engine, requestId, text);
    return response;
  } catch (error) {
    if (!(error instanceof RequestLost))
      return failurePage(request, 502, error instanceof Error ? error.message : String(error));
    const { method } = request;
    const hasBody = method !== "GET" && method !== "HEAD" && request.body !== null;
    const lost: LostRequest = { method, hasBody, wasRunning: error.wasRunning, isSecondTry };
    if (whyNotAgain(lost) === undefined) return answer(event, { engines, cookies }, true);
    const reason = describeLoss(error.message, lost);
    tellLoss(way.engine, request, start, reason);
    return failurePage(request, 502, reason);
  } finally {
    watch.end();
  }
}

/** A cookie that is refused is refused silently by browsers; whoever wrote the application wants to know. */
function tellRefusal(engine: Engine, requestId: string, text: string): void {
  tellStudio(engine, { type: "log", line: { time: Date.now(), component: "", stream: "engine", requestId, text } });
}

/** The trace that the worker owed. */
function tellLoss(engine: Engine, { method, url, destination }: Request, start: number, message: string): void {
  const asked = { method, url, ...(destination === "" ? {} : { destination }) };
  const failure = { code: "engine-unavailable", message };
  const trace = { requestId: crypto.randomUUID(), ...asked, start, status: 502, failure, spans: [] };
  tellStudio(engine, { type: "trace", trace });
}
