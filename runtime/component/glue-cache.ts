/**
 * Generated glue by shell digest, kept in Cache Storage over reloads. The version is part of the name: glue of another
 * generator, or made with another table of WIT facts or before names were checked, must never be found.
 */
const cacheName = "spin-playground-glue-4";
const moduleNamesHeader = "spin-playground-modules";

export interface CachedGlue {
  /** An address that workers of this origin can import for as long as this worker lives. */
  url: string;
  moduleNames: string[];
}

const address = (key: string): string => `/.well-known/spin/playground/glue/${encodeURIComponent(key)}.js`;

/** Glue that was stored before, or `undefined`. */
export async function loadGlue(key: string): Promise<CachedGlue | undefined> {
  const response = await (await caches.open(cacheName)).match(address(key));
  const names = response?.headers.get(moduleNamesHeader);
  if (!response || !names) return undefined;
  return { url: importable(await response.text()), moduleNames: JSON.parse(names) as string[] };
}

/** Stores glue and returns it as `loadGlue` would. */
export async function storeGlue(key: string, glue: { source: string; moduleNames: string[] }): Promise<CachedGlue> {
  const headers = { "content-type": "text/javascript", [moduleNamesHeader]: JSON.stringify(glue.moduleNames) };
  const cache = await caches.open(cacheName);
  await cache.put(address(key), new Response(glue.source, { headers }));
  return { url: importable(glue.source), moduleNames: glue.moduleNames };
}

/** A blob URL: the engine must be able to start before the service worker can serve an address. */
function importable(source: string): string {
  return URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
}
