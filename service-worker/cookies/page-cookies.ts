import type { CookieStore, StoreCookie } from "../scope.ts";
import { toByteString, toText } from "./byte-string.ts";
import type { Cookie, SameSite } from "./set-cookie.ts";

/** A cookie that pages see, as a byte string. */
export interface PageCookie {
  name: string;
  value: string;
  sameSite: SameSite;
}

/**
 * The browser's own cookies of this host, which its pages see as `document.cookie`. A service worker may set any of them,
 * and reads those with the path `/`: it is asked for no others (Chromium 156 takes its script's address as theirs).
 */
export class PageCookies {
  readonly #store: CookieStore;

  constructor(store: CookieStore) {
    this.#store = store;
  }

  /** Those with the path `/`. */
  async all(): Promise<PageCookie[]> {
    try {
      return (await this.#store.getAll()).filter(isForAllPaths).map(toPageCookie);
    } catch (error) {
      console.warn("The browser does not tell the cookies of pages:", error);
      return [];
    }
  }

  /** False when the browser does not take it, or no page could read its bytes as text. */
  async set({ name, value, path, expires, sameSite }: Cookie): Promise<boolean> {
    const [nameText, valueText] = [toText(name), toText(value)];
    if (nameText === undefined || valueText === undefined) return false;
    try {
      await this.#store.set({ name: nameText, value: valueText, path, expires: expires ?? null, sameSite });
      return true;
    } catch {
      // TypeError: its limits are narrower than a server's.
      return false;
    }
  }

  async delete(name: string, path: string): Promise<void> {
    const text = toText(name);
    if (text === undefined) return;
    try {
      await this.#store.delete({ name: text, path });
    } catch {
      // TypeError: such a name it cannot have.
    }
  }
}

export function toPageCookie({ name = "", value = "", sameSite }: StoreCookie): PageCookie {
  return { name: toByteString(name), value: toByteString(value), sameSite: sameSite ?? "lax" };
}

function isForAllPaths({ path }: StoreCookie): boolean {
  return path === undefined || path === null || path === "/";
}
