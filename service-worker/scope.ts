/** A client of the service worker, as far as it is used here. */
export interface WindowClient {
  readonly id: string;
  readonly url: string;
  postMessage(message: unknown): void;
}

/** As Chromium gives them; the standard has name and value alone. */
export interface StoreCookie {
  readonly name?: string;
  readonly value?: string;
  readonly path?: string | null;
  readonly expires?: number | null;
  readonly secure?: boolean;
  readonly sameSite?: "strict" | "lax" | "none" | null;
}

/** The Cookie Store API in a service worker. */
export interface CookieStore {
  /** By default those for the path of the service worker's script. */
  getAll(options?: { name?: string; url?: string }): Promise<StoreCookie[]>;
  set(cookie: {
    name: string;
    value: string;
    path: string;
    expires: number | null;
    sameSite: "strict" | "lax" | "none";
  }): Promise<void>;
  delete(cookie: { name: string; path: string }): Promise<void>;
}

/** The parts of `ServiceWorkerGlobalScope` used here; the DOM typings of the project describe windows. */
export interface ServiceWorkerScope {
  readonly clients: {
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<WindowClient[]>;
    /** Of a client that is still to come, settles when it is there, or with `undefined` when it is given up. */
    get(id: string): Promise<WindowClient | undefined>;
    claim(): Promise<void>;
  };
  readonly navigator: Pick<Navigator, "locks">;
  readonly cookieStore?: CookieStore;
  readonly registration: {
    readonly cookies?: {
      subscribe(subscriptions: { url: string }[]): Promise<void>;
      unsubscribe(subscriptions: { url: string }[]): Promise<void>;
    };
  };
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
  /** Of the page that asks; empty where there is none. */
  readonly clientId: string;
  /** Of the page that a navigation leads to; otherwise empty. */
  readonly resultingClientId: string;
  respondWith(response: Promise<Response> | Response): void;
}

export interface CookieChange {
  readonly changed: readonly StoreCookie[];
  readonly deleted: readonly StoreCookie[];
}

interface ServiceWorkerEvents {
  install: Extendable;
  activate: Extendable;
  fetch: FetchEvent;
  cookiechange: Extendable & CookieChange;
  message: Extendable & { readonly data: unknown; readonly source: WindowClient | null };
}

export const scope = globalThis as unknown as ServiceWorkerScope;
