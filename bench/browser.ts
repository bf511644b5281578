import { chromium, type BrowserContext } from "@playwright/test";
import { chromiumArguments, findChromium } from "../scripts/lib/chromium.ts";

/** Calls with a browser that was just started on a profile, and closes it afterwards. */
export async function withBrowser<T>(profile: string, use: (browser: BrowserContext) => Promise<T>): Promise<T> {
  const executablePath = findChromium();
  const browser = await chromium.launchPersistentContext(profile, {
    args: chromiumArguments,
    ...(executablePath ? { executablePath } : {}),
  });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}
