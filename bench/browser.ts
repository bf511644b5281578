import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext } from "@playwright/test";
import { chromiumArguments, findChromium } from "../scripts/lib/chromium.ts";

/** Calls with the folder of a browser profile that nobody used before, and removes it afterwards. */
export async function withFreshProfile<T>(use: (profile: string) => Promise<T>): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), "spin-playground-bench-"));
  try {
    return await use(profile);
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

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
