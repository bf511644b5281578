import type { RequestHandler } from "msw";
import type { HttpMockRule } from "../protocol.ts";
import { loadMsw } from "./load-msw.ts";

/** Handlers of one deployment; the rules of a deployment never change. */
const handlersByRules = new WeakMap<readonly HttpMockRule[], Promise<Mocks>>();

interface Mocks {
  answer(request: Request): Promise<Response | undefined>;
}

/**
 * The answer of the first rule that matches, or `undefined` when none does and the request goes on to the network.
 * Method, address and search parameters decide; the request's body is not looked at. Aborting the request's signal ends
 * a rule's delay, and rejects with the signal's reason.
 */
export async function answerFromMocks(rules: readonly HttpMockRule[], request: Request): Promise<Response | undefined> {
  if (rules.length === 0) return undefined;
  const mocks = handlersByRules.get(rules) ?? createMocks(rules);
  handlersByRules.set(rules, mocks);
  return (await mocks).answer(request);
}

async function createMocks(rules: readonly HttpMockRule[]): Promise<Mocks> {
  const { http, HttpResponse, getResponse } = await loadMsw();
  const handlers = rules.map((rule): RequestHandler =>
    // A resolver without an answer lets msw try the next handler.
    http.all(rule.url, async ({ request }) => {
      if (!matches(rule, request)) return undefined;
      if (rule.delay !== undefined) await waitFor(rule.delay, request.signal);
      const init = { status: rule.status ?? 200, headers: rule.headers ?? {} };
      if (rule.body === undefined) return new HttpResponse(null, init);
      return typeof rule.body === "string"
        ? new HttpResponse(rule.body, init)
        : HttpResponse.json(rule.body as Record<string, unknown>, init);
    }),
  );
  return { answer: (request) => getResponse(handlers, request) };
}

function matches(rule: HttpMockRule, request: Request): boolean {
  if (rule.method !== undefined && rule.method.toUpperCase() !== request.method.toUpperCase()) return false;
  const { searchParams } = new URL(request.url);
  return Object.entries(rule.query ?? {}).every(([name, value]) => searchParams.getAll(name).includes(value));
}

function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}
