import { serviceWorkerPath } from "../../runtime/protocol.ts";
import type { CookieStore } from "../scope.ts";

const markerName = "spin-playground-session";

/**
 * Names the browser's session, at whose end it drops cookies that have no expiry. It is itself such a cookie, below the
 * address of the service worker's script: no page is there, so that none sees it.
 *
 * @param origin of the application
 */
export async function browserSession(store: CookieStore, origin: string): Promise<string> {
  const [marker] = await store.getAll({ name: markerName, url: `${origin}${serviceWorkerPath}/session` });
  if (marker?.value !== undefined) return marker.value;
  const value = crypto.randomUUID();
  await store.set({ name: markerName, value, path: `${serviceWorkerPath}/`, expires: null, sameSite: "strict" });
  return value;
}
