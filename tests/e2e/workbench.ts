import type { BrowserContext, Page } from "@playwright/test";
import { openStudio, test as base } from "./fixtures.ts";
import { sampleAnswers } from "./studio-page.ts";

export { expect } from "./fixtures.ts";

interface Workbench {
  context: BrowserContext;
  studio: Page;
}

/**
 * Tests that share one studio, which each test worker opens once: the first build of a page takes several seconds, since it
 * waits for the toolchain. Each test opens a workspace of its own, hence an origin of its own with an engine, a service
 * worker and data of its own, and nothing runs before. What outlives a workspace, such as its engine or the tab of the
 * panels that shows, is put back after each test.
 *
 * A test that is about the page itself (a first visit, a reload, scripts or routes of its own, text left in fields of
 * panels) has to have a studio of its own, from `fixtures.ts`.
 */
export const test = base.extend<{ context: BrowserContext; studio: Page }, { workbench: Workbench }>({
  workbench: [
    async ({ browser }, use) => {
      const context = await browser.newContext();
      const studio = await context.newPage();
      await openStudio(studio);
      await sampleAnswers(studio);
      await putBack({ context, studio });
      await use({ context, studio });
      await context.close();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  context: async ({ workbench }, use) => use(workbench.context),
  studio: async ({ workbench }, use, testInfo) => {
    await use(workbench.studio);
    // After a failure there is another worker, and with it another studio.
    if (testInfo.status === testInfo.expectedStatus) await putBack(workbench);
  },
});

async function putBack({ context, studio }: Workbench): Promise<void> {
  for (const page of context.pages()) if (page !== studio) await page.close();
  await studio.evaluate(async () => {
    await playground.configure({ autoRun: true });
    await playground.stop();
    await playground.settled();
  });
  await forgetWorkspaces(studio);
  await studio.getByRole("tab", { name: "Log" }).click();
}

/** Each has a component of many megabytes, and the profile is in memory. */
function forgetWorkspaces(studio: Page): Promise<void> {
  return studio.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("spin-playground-workspaces");
        opening.addEventListener("error", () => reject(opening.error as Error));
        opening.addEventListener("success", () => {
          const database = opening.result;
          const clearing = database.transaction("workspaces", "readwrite");
          clearing.objectStore("workspaces").clear();
          clearing.addEventListener("complete", () => {
            database.close();
            resolve();
          });
          clearing.addEventListener("error", () => reject(clearing.error as Error));
        });
      }),
  );
}
