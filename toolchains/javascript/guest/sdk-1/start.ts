/** Connects a Spin 1.0 module to the engine's fetch event. */
import type { Handler, HandleRequest, HttpRequest, HttpResponse, ResponseBuilder } from "./types.ts";

/** What the person's module exports; `handler` goes before `handleRequest`, as it did then. */
export interface Spin1Module {
  handler?: Handler;
  handleRequest?: HandleRequest;
}

export function start(module: Spin1Module): void {
  addEventListener("fetch", (event) => {
    const fetchEvent = event as unknown as { request: Request; respondWith(response: Promise<Response>): void };
    fetchEvent.respondWith(respond(module, fetchEvent.request));
  });
}

async function respond(module: Spin1Module, request: Request): Promise<Response> {
  const oldRequest = await toOldRequest(request);
  if (module.handler) {
    const response = new Builder();
    await module.handler(oldRequest, response);
    return toResponse({ status: response.statusCode, headers: response.headers, ...response.content });
  }
  if (!module.handleRequest) throw new Error('The module exports neither "handler" nor "handleRequest".');
  return toResponse(await module.handleRequest(oldRequest));
}

async function toOldRequest(request: Request): Promise<HttpRequest> {
  const body = await request.arrayBuffer();
  const url = new URL(request.url);
  const text = () => new TextDecoder().decode(body);
  return {
    method: request.method,
    uri: url.pathname + url.search,
    headers: { "spin-full-url": request.url, ...Object.fromEntries(request.headers) },
    ...(body.byteLength > 0 ? { body } : {}),
    text,
    json: () => JSON.parse(text()) as unknown,
  };
}

function toResponse(response: HttpResponse | undefined): Response {
  // A router without a matching route returns nothing; the old engine answered so.
  if (response === undefined) return new Response(null, { status: 404 });
  const { status, headers, body } = response;
  return new Response((body as BodyInit | undefined) ?? null, { status, headers: new Headers(headers) });
}

class Builder implements ResponseBuilder {
  statusCode = 200;
  readonly headers: Record<string, string> = {};
  content: Pick<HttpResponse, "body"> = {};

  status(code: number): this {
    this.statusCode = code;
    return this;
  }
  header(name: string, value: string): this {
    this.headers[name.toLowerCase()] = value;
    return this;
  }
  getHeader(name: string): string | null {
    return this.headers[name.toLowerCase()] ?? null;
  }
  body(data: ArrayBuffer | Uint8Array | string): this {
    this.content = { body: data };
    return this;
  }
}
