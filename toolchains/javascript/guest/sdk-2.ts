/** Connects a module for `@fermyon/spin-sdk` 2 to the engine's fetch event, as the project's generated `spin.ts` does. */
import { ResponseBuilder } from "@fermyon/spin-sdk";

export type Handler = (request: Request, response: ResponseBuilder) => Promise<unknown>;

export function start(module: { handler: Handler }): void {
  addEventListener("fetch", (event) => {
    const fetchEvent = event as unknown as { request: Request; respondWith(response: Promise<Response>): void };
    fetchEvent.respondWith(
      new Promise<Response>((resolve, reject) => {
        const response = new ResponseBuilder(resolve);
        // The builder resolves when the handler sends; a handler that fails before must fail the request.
        Promise.resolve(module.handler(fetchEvent.request, response)).catch(reject);
      }),
    );
  });
}
