import { deploymentCache, enginePath } from "../runtime/protocol.ts";

/** Whether a request is for what stands in the address bar of a tab, and can be asked for again. */
export function isPageOfItsOwn({ mode, destination, method }: Request): boolean {
  return mode === "navigate" && destination === "document" && method === "GET";
}

/**
 * The page that runs the application without a studio, from what the origin ran last. `undefined` when it ran nothing, or
 * the page cannot be had.
 */
export async function standalonePage(): Promise<Response | undefined> {
  const cache = await caches.open(deploymentCache.name);
  if (!(await cache.match(deploymentCache.address))) return undefined;
  try {
    const page = await fetch(`${enginePath}standalone.html`);
    if (!page.ok) return undefined;
    // A response of its own: what was fetched carries the address it came from, which a navigation must not.
    const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
    return new Response(page.body, { headers });
  } catch (error) {
    console.error("The page that runs the application by itself could not be fetched:", error);
    return undefined;
  }
}
