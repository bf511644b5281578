import type { ByteSource } from "./byte-stream.ts";
import { type CollectedBody, collect, joinBytes, streamBody } from "./outbound-body.ts";

/** A request to the network, ready for the browser. */
export interface NetworkRequest {
  method: string;
  url: URL;
  headers: Headers;
  body: ByteSource | undefined;
  signal: AbortSignal;
  fetch: typeof fetch;
  log(text: string): void;
}

/** Bodies up to this size are collected and sent with their length, which every server takes. */
const collectedBytes = 256 * 1024;

/** Most bytes of a body that is kept until it is whole: they count for no limit of the guest's memory. */
const largestCollected = 64 * 1024 * 1024;

/** A body that can neither be streamed nor kept. */
export class BodyTooLongError extends Error {
  override readonly name = "BodyTooLongError";
  /** Bytes that there were when it was given up. */
  readonly length: number;

  constructor(host: string, length: number) {
    super(
      `A request body of more than ${largestCollected} bytes could not be sent: browsers stream bodies over HTTP/2 and 3 ` +
        `only, and for ${host} it would have to be kept until it is whole.`,
    );
    this.length = length;
  }
}

/**
 * Sends with the browser's `fetch`: no credentials, no cache, no referrer, and redirects not followed, since `wasi:http`
 * follows none. Rejects as `fetch` does.
 */
export async function sendToNetwork(request: NetworkRequest): Promise<Response> {
  const response = await sendOnce(request);
  return response.type === "opaqueredirect" ? showRedirect(request) : response;
}

async function sendOnce(request: NetworkRequest): Promise<Response> {
  const { method, body } = request;
  const head = body === undefined ? undefined : await collect(body, collectedBytes);
  if (head === undefined || body === undefined) return browserFetch(request);
  if (method === "GET" || method === "HEAD") {
    if (head.bytes.length > 0) request.log(`The browser sends no body with ${method}; it was left out.`);
    body.cancel();
    return browserFetch(request);
  }
  if (head.complete) return browserFetch(request, { body: head.bytes });
  return sendLong(request, head, body);
}

/**
 * A longer body is sent while the guest still writes it. Browsers do that over HTTP/2 and 3 only, and refuse before they
 * read anything; then the body is collected to its end and sent whole.
 */
async function sendLong(request: NetworkRequest, head: CollectedBody, rest: ByteSource): Promise<Response> {
  if (streamsRequests()) {
    const body = streamBody(head.bytes, rest);
    try {
      return await browserFetch(request, { body: body.stream, duplex: "half" });
    } catch (error) {
      if (body.begun || request.signal.aborted) throw error;
      // Refused before the first byte: nothing reached the server, so the same request may be sent again.
    }
  }
  const tail = await collect(rest, largestCollected - head.bytes.length);
  if (!tail.complete) throw new BodyTooLongError(request.url.host, head.bytes.length + tail.bytes.length);
  return browserFetch(request, { body: joinBytes(head.bytes, tail.bytes) });
}

/** The detection that the Fetch standard's authors give: a browser without it turns the stream into a text. */
function streamsRequests(): boolean {
  let asked = false;
  const probe = {
    method: "POST",
    body: new ReadableStream(),
    get duplex() {
      asked = true;
      return "half";
    },
  };
  const { headers } = new Request("http://localhost/", probe);
  return asked && !headers.has("content-type");
}

/**
 * A browser shows a page that there was a redirect, but neither its status nor its target. For GET and HEAD, which a
 * server may be asked again, a second request follows the redirect and so finds the final address; the component gets a
 * 302 to it, and decides for itself whether to go there, under its own allow-list. For other methods there is no honest
 * answer: asking again could do the thing twice.
 */
async function showRedirect(request: NetworkRequest): Promise<Response> {
  const { method, url } = request;
  if (method !== "GET" && method !== "HEAD") {
    throw new RedirectHiddenError(
      `The server answered ${method} ${url.href} with a redirect, and the browser does not show where to. ` +
        "Send the request to the final address; with native Spin the component gets the redirect itself.",
    );
  }
  const followed = await browserFetch(request, { redirect: "follow" });
  void followed.body?.cancel();
  request.log(
    `${method} ${url.href} was answered with a redirect. The browser hides its status and steps in between: the ` +
      `component gets 302 with the final address, ${followed.url}.`,
  );
  return new Response(null, { status: 302, headers: { location: followed.url } });
}

/** A redirect that the browser hides and that cannot be looked up. */
export class RedirectHiddenError extends Error {
  override readonly name = "RedirectHiddenError";
}

function browserFetch(
  { fetch, url, method, headers, signal }: NetworkRequest,
  init: RequestInit & { duplex?: "half" } = {},
): Promise<Response> {
  // Called without a receiver: a browser's fetch accepts no other than its global object.
  return fetch(url, {
    method,
    headers,
    signal,
    mode: "cors",
    credentials: "omit",
    cache: "no-store",
    redirect: "manual",
    referrerPolicy: "no-referrer",
    ...init,
  });
}
