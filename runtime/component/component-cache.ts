import { withoutSecrets } from "../manifest/variables-provider.ts";
import { mountedDigests } from "../mounted-digests.ts";
import { deploymentCache, enginePath } from "../protocol.ts";
import type { Deployment } from "../protocol.ts";

/** What this origin ran last, kept so that a reload answers before the studio has said anything. */
const { name: cacheName, address: deploymentAddress } = deploymentCache;
/** Of a component, or of a mounted file: only the content counts. */
const contentAddress = (digest: string): string => `${enginePath}content/${encodeURIComponent(digest)}`;

/** A deployment, and when it was made (milliseconds since the epoch). */
export interface DatedDeployment {
  deployment: Deployment;
  since: number;
}

/** As it comes out of the cache. */
export interface StoredDeployment extends DatedDeployment {
  /** What it does not start without and only the studio has, as texts for the person; see `rememberDeployment`. */
  withheld: string[];
}

/** Contents on their way into the cache. */
const storing = new Set<Promise<void>>();

/** The bytes of a component by digest, or `undefined`. */
export async function loadBytes(digest: string): Promise<ArrayBuffer | undefined> {
  return (await (await caches.open(cacheName)).match(contentAddress(digest)))?.arrayBuffer();
}

/** The content of a mounted file by digest, or `undefined`. */
export async function loadBlob(digest: string): Promise<Blob | undefined> {
  return (await (await caches.open(cacheName)).match(contentAddress(digest)))?.blob();
}

/** Whether the content would be found; reads none of it. */
export async function hasBytes(digest: string): Promise<boolean> {
  return (await (await caches.open(cacheName)).match(contentAddress(digest))) !== undefined;
}

export async function storeBytes(digest: string, bytes: Blob): Promise<void> {
  const stored = caches.open(cacheName).then((cache) => cache.put(contentAddress(digest), new Response(bytes)));
  storing.add(stored);
  try {
    await stored;
  } finally {
    storing.delete(stored);
  }
}

/**
 * Remembers a deployment that runs, once its contents are stored, and forgets contents that it does not use. Secrets are
 * left out: pages of the application have the origin of this cache, and could read them out of it at any later time.
 */
export async function rememberDeployment({ deployment, since }: DatedDeployment): Promise<void> {
  await Promise.allSettled(storing);
  const cache = await caches.open(cacheName);
  const components = Object.fromEntries(
    Object.entries(deployment.components).map(([id, { digest, prepared }]) => [id, { digest, prepared }]),
  );
  const { providers, withheld } = withoutSecrets(deployment.lockedApp, deployment.runtime.variables);
  const runtime = { ...deployment.runtime, variables: providers };
  const stored = { ...deployment, components, contents: {}, runtime, since, withheld };
  await cache.put(deploymentAddress, Response.json(stored));
  const digests = [...Object.values(components).map(({ digest }) => digest), ...mountedDigests(deployment.mounts)];
  const used = new Set(digests.map(contentAddress));
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname !== deploymentAddress && !used.has(pathname)) await cache.delete(request);
  }
}

/** The deployment that ran last, without any bytes; `undefined` when there is none. */
export async function recallDeployment(): Promise<StoredDeployment | undefined> {
  const response = await (await caches.open(cacheName)).match(deploymentAddress);
  if (!response) return undefined;
  const { since, withheld, ...deployment } = (await response.json()) as Deployment &
    Omit<StoredDeployment, "deployment">;
  return { deployment, since, withheld };
}

/** After a stop by the person, a reload shall not start the application again. */
export async function forgetDeployment(): Promise<void> {
  await (await caches.open(cacheName)).delete(deploymentAddress);
}
