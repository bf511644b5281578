/** The parts of `ServiceWorkerGlobalScope` used here; the DOM typings of the project describe windows. */
export interface ServiceWorkerScope {
  readonly clients: {
    matchAll(options: {
      type: "window";
      includeUncontrolled: boolean;
    }): Promise<{ postMessage(message: unknown): void }[]>;
    claim(): Promise<void>;
  };
  readonly navigator: Pick<Navigator, "locks">;
  readonly location: Location;
  skipWaiting(): Promise<void>;
  addEventListener<Name extends keyof ServiceWorkerEvents>(
    name: Name,
    listener: (event: ServiceWorkerEvents[Name]) => void,
  ): void;
}

interface Extendable {
  waitUntil(work: Promise<unknown>): void;
}

export interface FetchEvent extends Extendable {
  readonly request: Request;
  respondWith(response: Promise<Response> | Response): void;
}

interface ServiceWorkerEvents {
  install: Extendable;
  activate: Extendable;
  fetch: FetchEvent;
  message: Extendable & { readonly data: unknown };
}

export const scope = globalThis as unknown as ServiceWorkerScope;
