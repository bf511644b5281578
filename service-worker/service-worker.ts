import { enginePath, serviceWorkerPath } from "../runtime/protocol.ts";
import type { EngineToServiceWorker } from "../runtime/protocol.ts";
import { answer } from "./answer.ts";
import { Cookies } from "./cookies/cookies.ts";
import { createJarStorage } from "./cookies/jar-storage.ts";
import { Engines } from "./engines.ts";
import { scope } from "./scope.ts";

/**
 * Answers every request to the application origin with the application. It holds no state of its own that it could not get
 * again. Requests to the engine's own files go to the server.
 */
const engines = new Engines();
const cookies = new Cookies(scope, createJarStorage());

scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener("message", ({ data, source }) => {
  if (source) engines.receive(data as EngineToServiceWorker, source);
});

scope.addEventListener("cookiechange", (event) => event.waitUntil(cookies.changed(event)));

scope.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== scope.location.origin || isEngineFile(url.pathname)) return;
  event.respondWith(answer(event, { engines, cookies }));
});

function isEngineFile(path: string): boolean {
  return path === serviceWorkerPath || (path.startsWith(enginePath) && path !== `${enginePath}echo`);
}
