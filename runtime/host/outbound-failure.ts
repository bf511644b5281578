import type { HttpErrorCode } from "./context.ts";
import { outboundErrorCodes } from "./outbound-error-codes.ts";

/** Why a request has no response: the code for the guest, and for the person what the browser did and what to do. */
export interface OutboundFailure {
  error: HttpErrorCode;
  explanation: string;
}

export interface FailureCircumstances {
  method: string;
  url: URL;
  /** What `fetch` rejected with. */
  cause: unknown;
  fetch: typeof fetch;
  signal: AbortSignal;
  /** Whether the engine's own page was loaded over https. */
  secureOrigin: boolean;
  /** `navigator.onLine`. */
  online: boolean;
}

/**
 * A rejected `fetch` is a `TypeError` whatever happened: browsers hide from pages why they could not read from another
 * origin. One more request tells the commonest cause apart: it asks for nothing that the page may read (`no-cors`), so it
 * succeeds exactly when the host can be reached.
 */
export async function explainFailure(circumstances: FailureCircumstances): Promise<OutboundFailure> {
  const { error, explanation } = await whyUnreadable(circumstances);
  return { error, explanation: `${explanation} ${waysOn(circumstances.url)}` };
}

/** The same for a request that is no guest's: why, and nothing of mocks. */
export async function explainUnreadable(circumstances: FailureCircumstances): Promise<string> {
  return (await whyUnreadable(circumstances)).explanation;
}

async function whyUnreadable(circumstances: FailureCircumstances): Promise<OutboundFailure> {
  const { method, url, secureOrigin, online } = circumstances;
  const request = `${method} ${url.href}`;
  if (secureOrigin && url.protocol === "http:" && !isLoopback(url.hostname)) {
    return {
      error: outboundErrorCodes.refusedByBrowser,
      explanation:
        `The browser refused ${request}: a page that came over https may not send requests over plain http ` +
        "(mixed content).",
    };
  }
  if (await isReachable(circumstances)) {
    return {
      error: outboundErrorCodes.refusedByBrowser,
      explanation:
        `The browser refused ${request}: the server is there, but does not allow requests from other origins (CORS). ` +
        "Spin itself has no such rule, so this request works natively.",
    };
  }
  if (!online && !isLoopback(url.hostname)) {
    return {
      error: outboundErrorCodes.offline,
      explanation: `${request} failed: the browser is offline.`,
    };
  }
  return {
    error: outboundErrorCodes.unreachable,
    explanation:
      `${request} failed: ${url.host} could not be reached (no such name, refused connection, failed TLS or a blocked ` +
      "request; the browser does not say which).",
  };
}

async function isReachable({ fetch, url, signal }: FailureCircumstances): Promise<boolean> {
  try {
    // HEAD: the probe must not do anything to the server. Redirects are followed, since `no-cors` allows nothing else.
    await fetch(url, {
      method: "HEAD",
      mode: "no-cors",
      credentials: "omit",
      cache: "no-store",
      signal,
    });
    return true;
  } catch {
    // The answer to the question, not a failure: the host cannot be reached.
    return false;
  }
}

function waysOn(url: URL): string {
  const rule = JSON.stringify({ url: `${url.origin}${url.pathname}`, body: "…" });
  return `To go on without that server, add a rule such as ${rule} to mocks.json; or run the application with native Spin.`;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(?:\.\d+){3}$/.test(host);
}
