import type { BrowserContext, Page } from "@playwright/test";
import { deferred } from "../../runtime/deferred.ts";

/**
 * What ends the service worker of an application as the browser does when it is idle. Each call settles when it has
 * stopped; the next request starts it again.
 */
export async function serviceWorkerStopper(
  context: BrowserContext,
  page: Page,
  url: string,
): Promise<() => Promise<void>> {
  const devtools = await context.newCDPSession(page);
  const running = deferred();
  let stopped = deferred();
  devtools.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
    for (const { scriptURL, runningStatus } of versions) {
      if (!scriptURL.startsWith(url)) continue;
      if (runningStatus === "running") running.resolve();
      if (runningStatus === "stopped") stopped.resolve();
    }
  });
  await devtools.send("ServiceWorker.enable");
  await running.promise;
  return async () => {
    stopped = deferred();
    await devtools.send("ServiceWorker.stopAllWorkers");
    await stopped.promise;
  };
}
