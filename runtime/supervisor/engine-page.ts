import { expose } from "comlink";
import type { EngineHello, StudioHello } from "../protocol.ts";
import { carryPlaygroundErrors } from "../rpc.ts";
import { createEngine } from "./engine.ts";
import { studioOrigin } from "./studio-origin.ts";

/**
 * The hidden page of an application origin that owns the engine, and gives it to the studio that embeds it. In a page of
 * the application origin it runs by itself.
 */
carryPlaygroundErrors();
const isStandalone = isOwnPage(window.parent);
const { api, begun } = createEngine({ isStandalone });
const studio = studioOrigin(location);

window.addEventListener("message", (event: MessageEvent<StudioHello>) => {
  // Only the studio of this host may command the engine: the application's own pages share its origin, not the studio's.
  if (event.origin !== studio || event.source !== window.parent || event.data?.type !== "spin-playground-studio")
    return;
  expose(api, event.data.port);
});

const hello: EngineHello = { type: "spin-playground-engine" };
// Not before the last application is on its way: what the studio does next may hold up this thread, which is its own too.
if (!isStandalone) void begun.then(() => window.parent.postMessage(hello, studio));

function isOwnPage(page: Window): boolean {
  try {
    return page.location.origin === location.origin;
  } catch {
    // SecurityError: a page of another origin, which does not let its address be read.
    return false;
  }
}
