import type { BrowserContext, Page } from "@playwright/test";
import { guestProject, type GuestName } from "../../guests/build-guest.ts";

export interface RunningApplication {
  /** Of the application origin, without a slash at the end. */
  url: string;
  /** A page of that origin, under the control of its service worker; what it fetches is answered by the application. */
  page: Page;
}

/** Opens a workspace with these files in the studio, runs it, and opens a page of it in a tab of its own. */
export async function run(
  studio: Page,
  context: BrowserContext,
  files: Record<string, string | Uint8Array>,
): Promise<RunningApplication> {
  const { url } = await studio.evaluate(async (sources) => {
    await playground.settled();
    await playground.open(sources);
    return playground.up();
  }, files);
  const page = await context.newPage();
  await page.goto(`${url}/start`);
  // The bootstrap page reloads when the service worker is there; the answer of the application has no such element.
  await page.waitForFunction(() => navigator.serviceWorker.controller && !document.getElementById("message"));
  return { url, page };
}

/** The same with a guest written in WebAssembly text. */
export async function runGuest(studio: Page, context: BrowserContext, name: GuestName): Promise<RunningApplication> {
  return run(studio, context, await guestProject(name));
}

/** What a page sees of one request: the status and the text, and whether the body broke off. */
export async function ask(page: Page, path: string): Promise<{ status: number; text: string; brokeOff: boolean }> {
  return page.evaluate(async (target) => {
    const response = await fetch(target, { cache: "no-store" });
    let text = "";
    try {
      for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) text += chunk;
      return { status: response.status, text, brokeOff: false };
    } catch {
      // A network error: that is how a page learns that a body is not whole.
      return { status: response.status, text, brokeOff: true };
    }
  }, path);
}
