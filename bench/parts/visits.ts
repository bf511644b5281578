import type { BrowserContext } from "@playwright/test";
import { atRest } from "../at-rest.ts";
import { withBrowser } from "../browser.ts";
import type { Part } from "../part.ts";
import type { Measurement } from "../report.ts";
import { withTemporaryFolder } from "../temporary-folder.ts";

const count = 7;

/**
 * From opening the page, in a browser at rest, to the sample application's first answer. The first visit is with a profile
 * that never saw the playground and lasts until its page is at rest; the second with the same profile, in a browser that
 * was started anew.
 */
export const visitsPart: Part = {
  name: "visits",
  title: "Visits, page open to first response",
  async measure({ studioUrl }) {
    const first: number[] = [];
    const second: number[] = [];
    for (let index = 0; index < count; index += 1) {
      await withTemporaryFolder(async (profile) => {
        first.push(await withBrowser(profile, (browser) => visit(browser, studioUrl)));
        second.push(await withBrowser(profile, (browser) => visit(browser, studioUrl)));
      });
    }
    return [
      { id: "visit/first", name: "first visit", samples: first, limit: { of: "median", atMost: 1500 } },
      { id: "visit/second", name: "second visit", samples: second, limit: { of: "median", atMost: 700 } },
    ] satisfies Measurement[];
  },
};

async function visit(browser: BrowserContext, studioUrl: string): Promise<number> {
  const page = await browser.newPage();
  await atRest(browser);
  await page.goto(studioUrl, { waitUntil: "commit" });
  const milliseconds = await page.evaluate(timeToFirstAnswer);
  await atRest(browser);
  return milliseconds;
}

/** Runs in the studio page, whose `performance.now()` counts from the start of the navigation. */
async function timeToFirstAnswer(): Promise<number> {
  while (!("playground" in window)) await new Promise((resolve) => setTimeout(resolve, 2));
  // Waits for the start that is under way, as a click on Send does.
  const response = await window.playground.request("/");
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`The sample answers ${response.status}.`);
  return performance.now();
}
