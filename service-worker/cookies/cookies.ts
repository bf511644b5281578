import { enginePath } from "../../runtime/protocol.ts";
import type { CookieChange, ServiceWorkerScope, StoreCookie } from "../scope.ts";
import { toByteString } from "./byte-string.ts";
import { browserSession } from "./browser-session.ts";
import { CookieJar } from "./jar.ts";
import type { JarStorage } from "./jar-storage.ts";
import { type PageCookie, PageCookies, toPageCookie } from "./page-cookies.ts";
import { PathWatch } from "./path-watch.ts";
import { type Cookie, readSetCookie } from "./set-cookie.ts";
import { isSent, isTaken, siteContext } from "./site-context.ts";

type Scope = Pick<ServiceWorkerScope, "cookieStore" | "registration" | "location">;

/** What came of the cookies of an answer. */
export interface TakenCookies {
  /** Why some were not taken, in words. */
  refusals: string[];
  /** Settles (never rejects) when they are stored. */
  stored: Promise<void>;
}

/**
 * The cookies of an application, as a browser has them for a real server. Browsers keep `Cookie` and `Set-Cookie` from
 * service workers and drop them from their answers, so this does what the browser would. A cookie is in one of two places:
 *
 * - the browser's own store, when pages may see it and it is for all paths: what a page writes and what the guest sets meet
 *   there;
 * - a jar in IndexedDB otherwise: `HttpOnly` ones, which pages must not see, and those of a narrower path, which a service
 *   worker cannot read back. Pages see a copy of the latter, and their changes to it are heard (`PathWatch`).
 */
export class Cookies {
  readonly #scope: Scope;
  readonly #storage: JarStorage;
  #pages: PageCookies | undefined;
  readonly #watch: PathWatch;
  #jar: Promise<CookieJar> | undefined;
  #named: Promise<string | undefined> | undefined;

  constructor(scope: Scope, storage: JarStorage) {
    this.#scope = scope;
    this.#storage = storage;
    this.#watch = new PathWatch(scope);
  }

  /** The `cookie` field of a request, as a byte string; `undefined` when it has none. */
  async fieldFor(request: Request): Promise<string | undefined> {
    if (!hasCookies(request)) return undefined;
    if (request.mode === "navigate") this.#watch.add(new URL(request.url).pathname);
    const [jar, ofPages] = await Promise.all([this.#loaded(), this.#page?.all() ?? []]);
    return this.#compose(request, jar, ofPages);
  }

  /** Takes the cookies that the answer to a request sets. Settles when pages see them. */
  async take(request: Request, headers: readonly [string, string][]): Promise<TakenCookies> {
    const fields = headers.filter(([name]) => name.toLowerCase() === "set-cookie");
    if (fields.length === 0 || !hasCookies(request)) return { refusals: [], stored: Promise.resolve() };
    const [jar, url, now] = [await this.#loaded(), new URL(request.url), Date.now()];
    const context = siteContext(request, this.#scope.location.host);
    const refusals: string[] = [];
    for (const [, field] of fields) {
      const result = readSetCookie(field, url, now);
      if ("refusal" in result) refusals.push(result.refusal);
      else if (isTaken(result.cookie.sameSite, context)) await this.#put(jar, result.cookie, now);
    }
    return { refusals, stored: this.#save(jar) };
  }

  /** A page has changed cookies: those that the jar holds are changed with them. */
  async changed({ changed, deleted }: CookieChange): Promise<void> {
    const jar = await this.#loaded();
    const now = Date.now();
    for (const cookie of changed) {
      const place = placeOf(cookie, jar);
      if (place) jar.set({ ...ofPage(cookie), ...place }, now);
    }
    for (const cookie of deleted) {
      const place = placeOf(cookie, jar);
      if (place) jar.delete(place.name, place.path);
    }
    await this.#save(jar);
  }

  #compose(request: Request, jar: CookieJar, ofPages: readonly PageCookie[]): string | undefined {
    const kept = jar.match(new URL(request.url).pathname, Date.now());
    // A page cannot write over a cookie that it must not see; what it wrote beside it does not count.
    const isHidden = (name: string): boolean => kept.some((cookie) => cookie.name === name && cookie.path === "/");
    const context = siteContext(request, this.#scope.location.host);
    const pairs = [...kept, ...ofPages.filter(({ name }) => !isHidden(name))]
      .filter(({ sameSite }) => isSent(sameSite, context))
      .map(({ name, value }) => (name === "" ? value : `${name}=${value}`));
    return pairs.length === 0 ? undefined : pairs.join("; ");
  }

  async #put(jar: CookieJar, cookie: Cookie, now: number): Promise<void> {
    const { name, path, httpOnly, expires } = cookie;
    // In the jar first: the browser tells of its copy while it is still being set.
    jar.set(cookie, now);
    const mayBeShown = !httpOnly && (expires === undefined || expires > now);
    if (mayBeShown && path !== "/") this.#watch.add(`${path}/`);
    const isShown = mayBeShown && (await this.#page?.set(cookie));
    if (!isShown) await this.#page?.delete(name, path);
    else if (path === "/") jar.delete(name, path);
  }

  /**
   * Not looked up before an event asks for it: while its script is run, a service worker of Chromium (156) that is started
   * again gets a Cookie Store that is empty and takes nothing.
   */
  get #page(): PageCookies | undefined {
    const { cookieStore } = this.#scope;
    return (this.#pages ??= cookieStore && new PageCookies(cookieStore));
  }

  #loaded(): Promise<CookieJar> {
    return (this.#jar ??= this.#load());
  }

  async #load(): Promise<CookieJar> {
    const { cookies, session } = await this.#storage.load();
    const jar = new CookieJar(cookies);
    const current = endsWithSession(jar) ? await this.#session() : undefined;
    if (current !== undefined && session !== current) jar.endSession();
    return jar;
  }

  async #save(jar: CookieJar): Promise<void> {
    const session = endsWithSession(jar) ? await this.#session() : undefined;
    await this.#storage.save({ cookies: jar.all, ...(session === undefined ? {} : { session }) });
  }

  /** Asked once: two that ask at a time would give it two names. */
  #session(): Promise<string | undefined> {
    const { cookieStore, location } = this.#scope;
    this.#named ??= cookieStore ? browserSession(cookieStore, location.origin) : Promise.resolve(undefined);
    return this.#named.catch((error: unknown) => {
      console.warn("The end of the browser's session cannot be told:", error);
      return undefined;
    });
  }
}

/** Whether a request sends and takes cookies. The engine's own paths are no application's. */
function hasCookies({ credentials, url }: Request): boolean {
  return credentials !== "omit" && !new URL(url).pathname.startsWith(enginePath);
}

function endsWithSession({ all }: CookieJar): boolean {
  return all.some(({ expires }) => expires === undefined);
}

/**
 * The place in the jar of a cookie that a page has changed; `undefined` when it is for all paths, and so not the jar's, or
 * when it has the name of one that pages must not see. Chromium's Cookie Store adds a slash to paths that the guest set.
 */
function placeOf({ name: text = "", path }: StoreCookie, jar: CookieJar): Pick<Cookie, "name" | "path"> | undefined {
  if (path === undefined || path === null || path === "/") return undefined;
  const name = toByteString(text);
  const known = jar.get(name, path) ?? jar.get(name, path.replace(/\/$/, ""));
  return known?.httpOnly ? undefined : { name, path: known?.path ?? path };
}

function ofPage(cookie: StoreCookie): Omit<Cookie, "name" | "path"> {
  const { expires, secure = false } = cookie;
  const isForSession = expires === undefined || expires === null;
  const { value, sameSite } = toPageCookie(cookie);
  return { value, sameSite, httpOnly: false, secure, ...(isForSession ? {} : { expires }) };
}
