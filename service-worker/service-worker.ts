import { enginePath, serviceWorkerPath } from "../runtime/protocol.ts";
import type { EngineToServiceWorker } from "../runtime/protocol.ts";
import { Engines } from "./engines.ts";
import { failurePage } from "./failure-page.ts";
import { scope } from "./scope.ts";
import type { FetchEvent } from "./scope.ts";

/**
 * Answers every request to the application origin with the application. It holds no state of its own: it finds an engine,
 * forwards the request, and streams the answer back. Requests to the engine's own files go to the server.
 */
const engines = new Engines();

scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener("message", ({ data }) => {
  const message = data as EngineToServiceWorker;
  if (message.type === "engine") engines.add(message);
  else if (message.type === "worker-gone") engines.remove(message);
});

scope.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== scope.location.origin || isEngineFile(url.pathname)) return;
  event.respondWith(answer(event));
});

function isEngineFile(path: string): boolean {
  return path === serviceWorkerPath || (path.startsWith(enginePath) && path !== `${enginePath}echo`);
}

async function answer({ request }: FetchEvent): Promise<Response> {
  try {
    const caller = await engines.find();
    if (!caller)
      return failurePage(
        request,
        503,
        "No engine runs this application. Open it in the studio, and keep the studio open.",
      );
    return (await caller.send(request)).response;
  } catch (error) {
    return failurePage(request, 502, error instanceof Error ? error.message : String(error));
  }
}
