/** Keeps components that came from URLs for the next start, by their digests. */
export interface ComponentStore {
  /** `undefined` when it is not there, or the browser does not give it. */
  get(digest: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Settles (never rejects) when it is kept, or cannot be. The oldest make room for it. */
  put(digest: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

const cacheName = "spin-playground-components-1";
/** Components that are kept, whatever workspaces they belong to. */
const kept = 16;

/** In the Cache Storage of the studio's origin, where a browser that is short of room finds them first. */
export function createComponentStore(): ComponentStore {
  const addressOf = (digest: string): string => `/component/${encodeURIComponent(digest)}`;
  return {
    async get(digest) {
      try {
        const found = await (await caches.open(cacheName)).match(addressOf(digest));
        return found && new Uint8Array(await found.arrayBuffer());
      } catch (error) {
        console.warn("A component could not be read from the browser's cache:", error);
        return undefined;
      }
    },
    async put(digest, bytes) {
      try {
        const cache = await caches.open(cacheName);
        await cache.put(addressOf(digest), new Response(bytes));
        const all = await cache.keys();
        await Promise.all(all.slice(0, -kept).map((request) => cache.delete(request)));
      } catch (error) {
        // It is fetched again next time.
        console.warn("A component could not be kept in the browser's cache:", error);
      }
    },
  };
}
