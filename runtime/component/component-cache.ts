import type { Deployment } from "../protocol.ts";

/** What this origin ran last, kept so that a reload answers before the studio has said anything. */
const cacheName = "spin-playground-application-1";
const componentAddress = (digest: string): string =>
  `/.well-known/spin/playground/component/${encodeURIComponent(digest)}`;
const deploymentAddress = "/.well-known/spin/playground/deployment";

/** The bytes of a component by digest, or `undefined`. */
export async function loadBytes(digest: string): Promise<ArrayBuffer | undefined> {
  return (await (await caches.open(cacheName)).match(componentAddress(digest)))?.arrayBuffer();
}

/** Whether `loadBytes` would find the component; reads none of it. */
export async function hasBytes(digest: string): Promise<boolean> {
  return (await (await caches.open(cacheName)).match(componentAddress(digest))) !== undefined;
}

export async function storeBytes(digest: string, bytes: Blob): Promise<void> {
  await (await caches.open(cacheName)).put(componentAddress(digest), new Response(bytes));
}

/** Remembers a deployment that runs, and forgets the bytes of components that it does not use. */
export async function rememberDeployment(deployment: Deployment): Promise<void> {
  const cache = await caches.open(cacheName);
  const components = Object.fromEntries(
    Object.entries(deployment.components).map(([id, { digest, prepared }]) => [id, { digest, prepared }]),
  );
  await cache.put(deploymentAddress, Response.json({ ...deployment, components }));
  const used = new Set(Object.values(components).map(({ digest }) => componentAddress(digest)));
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname !== deploymentAddress && !used.has(pathname)) await cache.delete(request);
  }
}

/** The deployment that ran last, without component bytes; `undefined` when there is none. */
export async function recallDeployment(): Promise<Deployment | undefined> {
  const response = await (await caches.open(cacheName)).match(deploymentAddress);
  return response ? ((await response.json()) as Deployment) : undefined;
}

/** After a stop by the person, a reload shall not start the application again. */
export async function forgetDeployment(): Promise<void> {
  await (await caches.open(cacheName)).delete(deploymentAddress);
}
