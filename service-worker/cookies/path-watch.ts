import type { ServiceWorkerScope } from "../scope.ts";
import { defaultPath } from "./set-cookie.ts";

/** Subscriptions are kept by the browser, so there must be an end to them. */
const mostPaths = 20;

/**
 * Asks the browser to tell of changes to cookies of narrower paths. A page below `/shop/` writes `document.cookie` for
 * `/shop` when it says no path, and nothing else lets a service worker see that one.
 */
export class PathWatch {
  readonly #scope: Pick<ServiceWorkerScope, "registration" | "location">;
  /** Addresses, the one used last at the end. */
  readonly #addresses = new Set<string>();

  constructor(scope: Pick<ServiceWorkerScope, "registration" | "location">) {
    this.#scope = scope;
  }

  /** @param pathname of a page; cookies of its directory and of those above are watched */
  add(pathname: string): void {
    const { cookies } = this.#scope.registration;
    const path = defaultPath(pathname);
    if (!cookies || path === "/") return;
    const url = `${this.#scope.location.origin}${path}`;
    const isNew = !this.#addresses.delete(url);
    this.#addresses.add(url);
    if (!isNew) return;
    const [oldest] = this.#addresses.size > mostPaths ? this.#addresses : [];
    const changes = [cookies.subscribe([{ url }])];
    if (oldest !== undefined) {
      this.#addresses.delete(oldest);
      changes.push(cookies.unsubscribe([{ url: oldest }]));
    }
    Promise.all(changes).catch((error: unknown) =>
      console.warn(`Changes to the cookies of ${path} could not be subscribed to:`, error),
    );
  }
}
