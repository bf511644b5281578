import type { BrowserContext } from "@playwright/test";
import { atRest } from "./at-rest.ts";
import { withBrowser, withFreshProfile } from "./browser.ts";

/** From opening the page, in a browser at rest, to the sample application's first answer; in milliseconds. */
export interface Visits {
  /** With a profile that never saw the playground. */
  first: number[];
  /** With the same profile, in a browser that was started anew. The first visit had lasted until its page was at rest. */
  second: number[];
}

export async function measureVisits(studioUrl: string, count: number): Promise<Visits> {
  const visits: Visits = { first: [], second: [] };
  for (let index = 0; index < count; index += 1) {
    await withFreshProfile(async (profile) => {
      visits.first.push(await withBrowser(profile, (browser) => visit(browser, studioUrl)));
      visits.second.push(await withBrowser(profile, (browser) => visit(browser, studioUrl)));
    });
  }
  return visits;
}

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
