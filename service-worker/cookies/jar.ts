import type { Cookie } from "./set-cookie.ts";

/** A cookie with what the jar knows of it; times in milliseconds since the epoch. */
export interface StoredCookie extends Cookie {
  created: number;
  used: number;
}

/** Most cookies that a jar holds, as in Chromium; rfc6265bis asks for 50 at least. */
const mostCookies = 180;

/** Cookies of one host. */
export class CookieJar {
  #cookies: StoredCookie[];

  constructor(cookies: readonly StoredCookie[] = []) {
    this.#cookies = [...cookies];
  }

  get all(): readonly StoredCookie[] {
    return this.#cookies;
  }

  get(name: string, path: string): StoredCookie | undefined {
    return this.#cookies.find((cookie) => cookie.name === name && cookie.path === path);
  }

  /** Takes the place of the one with this name and path; one that has expired just removes it. */
  set(cookie: Cookie, now: number): void {
    const { created = now } = this.get(cookie.name, cookie.path) ?? {};
    this.delete(cookie.name, cookie.path);
    this.#dropExpired(now);
    if (cookie.expires !== undefined && cookie.expires <= now) return;
    if (this.#cookies.length >= mostCookies) {
      const oldest = this.#cookies.reduce((one, other) => (other.used < one.used ? other : one));
      this.delete(oldest.name, oldest.path);
    }
    this.#cookies.push({ ...cookie, created, used: now });
  }

  delete(name: string, path: string): void {
    this.#cookies = this.#cookies.filter((cookie) => cookie.name !== name || cookie.path !== path);
  }

  /** Forgets the cookies that end with the browser's session. */
  endSession(): void {
    this.#cookies = this.#cookies.filter(({ expires }) => expires !== undefined);
  }

  /** The cookies for a path, longest path first, then the oldest (rfc6265bis, 5.8.3). */
  match(pathname: string, now: number): StoredCookie[] {
    this.#dropExpired(now);
    const matching = this.#cookies.filter(({ path }) => isWithin(pathname, path));
    for (const cookie of matching) cookie.used = now;
    return matching.sort((a, b) => b.path.length - a.path.length || a.created - b.created);
  }

  #dropExpired(now: number): void {
    this.#cookies = this.#cookies.filter(({ expires }) => expires === undefined || expires > now);
  }
}

/** Path match of rfc6265bis, 5.1.4. */
function isWithin(pathname: string, path: string): boolean {
  if (!pathname.startsWith(path)) return false;
  return pathname.length === path.length || path.endsWith("/") || pathname[path.length] === "/";
}
