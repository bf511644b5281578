import type { SameSite } from "./set-cookie.ts";

/** What a service worker can tell about where a request comes from. */
export interface SiteContext {
  /** The request was caused by this site, or by the person. */
  isSameSite: boolean;
  /** It leads a tab to another page. */
  isTopLevel: boolean;
  /** Its method changes nothing. */
  isSafe: boolean;
}

/**
 * A service worker sees requests of its own pages, and navigations. The latter tell by their referrer who caused them; one
 * without a referrer counts as the person's own. The site is that of the studio: the host one label up, and all below it.
 *
 * @param host of the application, with its port
 */
export function siteContext(
  { mode, method, destination, referrer }: Pick<Request, "mode" | "method" | "destination" | "referrer">,
  host: string,
): SiteContext {
  const isTopLevel = mode === "navigate" && destination === "document";
  const isSafe = method === "GET" || method === "HEAD";
  if (mode !== "navigate" || !/^https?:/.test(referrer)) return { isSameSite: true, isTopLevel, isSafe };
  const site = host.slice(host.indexOf(".") + 1);
  const from = new URL(referrer).host;
  return { isSameSite: from === site || from.endsWith(`.${site}`), isTopLevel, isSafe };
}

/** Whether a cookie is sent with such a request (rfc6265bis, 5.8.3). */
export function isSent(sameSite: SameSite, { isSameSite, isTopLevel, isSafe }: SiteContext): boolean {
  return isSameSite || sameSite === "none" || (sameSite === "lax" && isTopLevel && isSafe);
}

/** Whether the answer to such a request may set a cookie (rfc6265bis, 5.7). */
export function isTaken(sameSite: SameSite, { isSameSite, isTopLevel }: SiteContext): boolean {
  return isSameSite || isTopLevel || sameSite === "none";
}
