import { openMeasuredApplication } from "../measured-application.ts";
import type { QuietBrowser, QuietPage } from "../quiet-browser.ts";
import { growth, rendererMemory } from "./renderer-memory.ts";

export interface SoakPlan {
  /** How many each guest gets, one after the other. */
  requests: number;
  /** The number of requests after which memory is measured first: by then code is compiled and pools are full. */
  settledAfter: number;
}

export interface SoakResult {
  guest: string;
  requests: number;
  /** Requests without the right answer. */
  failures: number;
  /** What came in place of it, for the first few. */
  examples: string[];
  milliseconds: number;
  /** Of the renderers' memory, from the measured request to the last, as a share. */
  growth: number;
  /** What the growth is of. */
  measured: "private memory of the renderers" | "heaps and buffers of the renderers";
}

const guests = [
  { guest: "tiny", path: "/tiny", expected: "hello" },
  { guest: "JavaScript", path: "/", expected: "hello 0" },
];

/** Sends requests through the service worker, to one guest after the other, and watches the renderers' memory. */
export async function soak(
  browser: QuietBrowser,
  studioUrl: string,
  { requests, settledAfter }: SoakPlan,
): Promise<SoakResult[]> {
  const { page } = await openMeasuredApplication(browser, studioUrl);
  const results: SoakResult[] = [];
  for (const { guest, path, expected } of guests) {
    const start = performance.now();
    const early = await send(page, { path, expected, count: settledAfter });
    const before = await rendererMemory(browser.session);
    const late = await send(page, { path, expected, count: requests - settledAfter });
    const after = await rendererMemory(browser.session);
    const all = [...early, ...late];
    results.push({
      guest,
      requests,
      failures: all.length,
      examples: all.slice(0, 5),
      milliseconds: performance.now() - start,
      growth: growth(before, after),
      measured: before.processes ? "private memory of the renderers" : "heaps and buffers of the renderers",
    });
  }
  return results;
}

interface Requests {
  path: string;
  expected: string;
  count: number;
}

/** One call to the page for a thousand at most: a page that hangs is then seen in time. Returns what went wrong. */
async function send(page: QuietPage, { count, ...load }: Requests): Promise<string[]> {
  const failures: string[] = [];
  for (let left = count; left > 0; left -= 1000)
    failures.push(...(await page.evaluate(ask, { ...load, count: Math.min(left, 1000) })));
  return failures;
}

/** Runs in a page of the application origin. */
async function ask({ path, expected, count }: Requests): Promise<string[]> {
  const failures: string[] = [];
  for (let left = count; left > 0; left -= 1) {
    try {
      const response = await fetch(path, { cache: "no-store" });
      const text = await response.text();
      if (response.status !== 200 || text !== expected) failures.push(`${response.status} "${text.slice(0, 200)}"`);
    } catch (error) {
      failures.push(String(error));
    }
  }
  return failures;
}
