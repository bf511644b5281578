import type { BrowserContext } from "@playwright/test";

/** Milliseconds over which the browser must have been at rest. */
const window = 500;
/** Share of one processor below which it counts as at rest. */
const idleShare = 0.05;
/** Milliseconds after which it is taken to never come to rest. */
const patience = 60_000;

/**
 * Settles when the processes of the browser use next to no processor time: its own start (profile, extensions, pages of
 * its own that it loads ahead) must not count as time of the page that is measured.
 */
export async function atRest(browser: BrowserContext): Promise<void> {
  const processes = browser.browser();
  if (!processes) throw new Error("The browser gives no access to its processes.");
  const session = await processes.newBrowserCDPSession();
  const used = async (): Promise<number> => {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
  };
  const deadline = Date.now() + patience;
  let before = await used();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, window));
    const now = await used();
    // A process that ended takes its time along.
    if (now >= before && now - before < window * idleShare) break;
    if (Date.now() > deadline) throw new Error(`The browser did not come to rest within ${patience / 1000} s.`);
    before = now;
  }
  await session.detach();
}
