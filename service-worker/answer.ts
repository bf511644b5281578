import { RequestLost } from "../runtime/dispatch/caller.ts";
import { describeLoss, type LostRequest, whyNotAgain } from "../runtime/dispatch/lost-request.ts";
import type { Trace } from "../runtime/protocol.ts";
import type { Cookies } from "./cookies/cookies.ts";
import { type Engine, type Engines, tellStudio, type Way } from "./engines.ts";
import { failurePage } from "./failure-page.ts";
import { watchClient } from "./gone-client.ts";
import type { FetchEvent } from "./scope.ts";
import { isPageOfItsOwn, standalonePage } from "./standalone-page.ts";

const noEngine =
  "No engine runs this application now. Load its page again, or open it in the studio and keep the studio open.";
/** Where loading again would not help. */
const nothingToRun = "No engine runs this application. Open it in the studio, and keep the studio open.";

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
  const watch = watchClient(event);
  let way: Way | undefined;
  try {
    const isOwnPage = isPageOfItsOwn(request);
    // Asked for side by side: each may have to wait for the browser.
    const asked = cookies.fieldFor(request);
    asked.catch(() => undefined);
    const found = await engines.find({ isHasty: isOwnPage });
    if (isOwnPage && (found?.engine.isStandalone ?? true)) {
      const page = await standalonePage();
      if (page) return page;
    }
    const cookie = await asked;
    way = engines.take();
    if (!way) return failurePage(request, 503, isOwnPage ? nothingToRun : noEngine);
    const { engine, caller } = way;
    let head = { requestId: "", status: 0 };
    const onBroken = (loss: RequestLost): void =>
      tellLoss(engine, request, {
        ...head,
        start,
        message: describeLoss(loss.message, { ...lostRequest(request, loss, isSecondTry), hasHead: true }),
      });
    const { response, headers, requestId } = await caller.send(request, {
      signal: watch.signal,
      onBroken,
      headers: cookie === undefined ? [] : [["cookie", cookie]],
    });
    head = { requestId, status: response.status };
    const { refusals, stored } = await cookies.take(request, headers);
    event.waitUntil(stored);
    for (const text of refusals) tellRefusal(engine, requestId, text);
    return response;
  } catch (error) {
    if (!(error instanceof RequestLost))
      return failurePage(request, 502, error instanceof Error ? error.message : String(error));
    const lost = lostRequest(request, error, isSecondTry);
    if (whyNotAgain(lost) === undefined) return answer(event, { engines, cookies }, true);
    const message = describeLoss(error.message, lost);
    if (way) tellLoss(way.engine, request, { requestId: crypto.randomUUID(), status: 502, start, message });
    return failurePage(request, 502, message);
  } finally {
    watch.end();
  }
}

function lostRequest(request: Request, { wasRunning }: RequestLost, isSecondTry: boolean): LostRequest {
  const { method } = request;
  const hasBody = method !== "GET" && method !== "HEAD" && request.body !== null;
  return { method, hasBody, hasHead: false, wasRunning, isSecondTry };
}

/** A cookie that is refused is refused silently by browsers; whoever wrote the application wants to know. */
function tellRefusal(engine: Engine, requestId: string, text: string): void {
  tellStudio(engine, { type: "log", line: { time: Date.now(), component: "", stream: "engine", requestId, text } });
}

/** The trace that the worker owed. */
function tellLoss(
  engine: Engine,
  { method, url, destination }: Request,
  { message, ...told }: Pick<Trace, "requestId" | "status" | "start"> & { message: string },
): void {
  const asked = { method, url, ...(destination === "" ? {} : { destination }) };
  const failure = { code: "engine-unavailable", message };
  tellStudio(engine, { type: "trace", trace: { ...asked, ...told, failure, spans: [] } });
}
