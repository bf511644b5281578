import type { Page } from "@playwright/test";
import { enginePath } from "../runtime/protocol.ts";

/** One request after the other through the service worker, from a page of the application origin, in milliseconds. */
export interface Requests {
  /** Answered by the instance worker itself, without Wasm: what the way there and back costs. */
  echo: number[];
  /** Answered by a fresh instance of the JavaScript application. */
  application: number[];
}

/** @param page a page of the application origin, under the control of its service worker */
export async function measureRequests(page: Page, count: number): Promise<Requests> {
  const warmUp = Math.ceil(count / 5);
  return {
    echo: await page.evaluate(timeRequests, { path: `${enginePath}echo`, count, warmUp }),
    application: await page.evaluate(timeRequests, { path: "/", count, warmUp }),
  };
}

/** Runs in the page. */
async function timeRequests(plan: { path: string; count: number; warmUp: number }): Promise<number[]> {
  const samples: number[] = [];
  for (let index = 0; index < plan.warmUp + plan.count; index += 1) {
    const begin = performance.now();
    const response = await fetch(plan.path, { cache: "no-store" });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${plan.path} answers ${response.status}.`);
    if (index >= plan.warmUp) samples.push(performance.now() - begin);
  }
  return samples;
}
