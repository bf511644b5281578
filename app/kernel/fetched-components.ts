import { PlaygroundError } from "../../runtime/errors.ts";
import type { LockedComponent } from "../../runtime/manifest/locked-app.ts";
import type { ComponentStore } from "./component-store.ts";
import { digestOf, rememberDigest } from "./digest.ts";
import type { EngineClient } from "./engine-client.ts";

/** A component that the manifest names by `{ url, digest }`. */
export interface RemoteSource {
  url: string;
  digest: string;
}

/** How far the download of a component is; bytes, `total` is 0 while it is not known. */
export interface ComponentProgress {
  component: string;
  loaded: number;
  total: number;
}

/** Components out of URLs, each checked against the digest that the manifest gives (spin: `crates/loader/src/http.rs`). */
export interface FetchedComponents {
  /**
   * The component's bytes, out of memory, the browser's store or the net. Rejects with `component-unavailable`, with the
   * engine's own failures, and with the signal's reason when it is aborted.
   */
  load(componentId: string, source: RemoteSource, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /** Lets go of those that are held in memory: they belong to a workspace. */
  reset(): void;
}

export interface FetchedComponentsContext {
  /** The engine fetches them: the policy of the studio's page allows it no server but its own. */
  readonly engine: Pick<EngineClient, "download">;
  readonly store: ComponentStore;
  /** Most bytes that a component may have. */
  readonly limit: () => number;
  /** Told while something is fetched, and `undefined` after it. */
  readonly onProgress: (progress: ComponentProgress | undefined) => void;
}

/** Components in memory: those of the application that runs, and of some edits before it. */
const mostHeld = 8;

/** The source of a component that is to be fetched; `undefined` for any other. */
export function remoteSource({ source }: LockedComponent): RemoteSource | undefined {
  const { source: url, digest } = source;
  return url === undefined || digest === undefined ? undefined : { url, digest };
}

export function createFetchedComponents({
  engine,
  store,
  limit,
  onProgress,
}: FetchedComponentsContext): FetchedComponents {
  const held = new Map<string, Uint8Array<ArrayBuffer>>();
  const hold = (digest: string, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
    const [oldest] = held.keys();
    if (held.size >= mostHeld && oldest !== undefined) held.delete(oldest);
    held.set(digest, bytes);
    return bytes;
  };

  return {
    async load(component, { url, digest }, signal = new AbortController().signal) {
      const known = held.get(digest);
      if (known !== undefined) return known;
      const stored = await fromStore(store, digest);
      if (stored !== undefined) return hold(digest, stored);
      signal.throwIfAborted();
      try {
        const told = (progress: Omit<ComponentProgress, "component">): void => onProgress({ component, ...progress });
        const bytes = await engine.download(url, limit(), { signal, onProgress: told });
        const downloaded = await digestOf(bytes);
        if (downloaded !== digest)
          throw unavailable(`invalid content digest; expected ${digest}, downloaded ${downloaded}`);
        await store.put(digest, bytes);
        return hold(digest, bytes);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof PlaygroundError) || error.code !== "component-unavailable") throw error;
        throw unavailable(`Error fetching source URL ${JSON.stringify(url)}: ${error.message}`);
      } finally {
        onProgress(undefined);
      }
    },
    reset: () => held.clear(),
  };
}

/** What a cache gives is trusted no more than what a server gives. */
async function fromStore(store: ComponentStore, digest: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = await store.get(digest);
  if (bytes === undefined || (await digestOf(bytes)) !== digest) return undefined;
  rememberDigest(bytes, digest);
  return bytes;
}

function unavailable(message: string): PlaygroundError {
  return new PlaygroundError("component-unavailable", message);
}
