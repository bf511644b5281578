import { test as base, type Page } from "@playwright/test";

export { expect } from "@playwright/test";

/** Address of the studio under test, without a slash at the end. */
export function studioUrl(): string {
  const url = process.env["STUDIO_URL"];
  if (!url) throw new Error("STUDIO_URL is not set; playwright.config.ts takes it from the server's first line.");
  return url;
}

/** Opens the studio in a page, and waits until `window.playground` can be called. */
export async function openStudio(page: Page): Promise<void> {
  await page.goto(studioUrl());
  await page.waitForFunction(() => "playground" in window);
}

/** Tests with an open studio: `test("…", async ({ studio }) => { await studio.evaluate(() => playground.up()); })`. */
export const test = base.extend<{ studio: Page }>({
  studio: async ({ page }, use) => {
    await openStudio(page);
    await use(page);
  },
});
