import { buildGuest, type GuestName } from "../tests/guests/build-guest.ts";
import { helloFiles } from "./hello.ts";
import type { QuietBrowser, QuietPage } from "./quiet-browser.ts";

/** Routes of the guests; `/...` is the JavaScript hello. What each does with its path is told in its WAT. */
const guests: { name: GuestName; route: string }[] = [
  { name: "tiny", route: "/tiny" },
  { name: "kv", route: "/get/..." },
  { name: "kv", route: "/set/..." },
  { name: "stream", route: "/bytes/..." },
  { name: "stream", route: "/chunks/..." },
  { name: "sink", route: "/sink" },
];

/** The running application that most figures are of: a JavaScript component, and guests with nothing in them to wait for. */
export interface MeasuredApplication {
  studio: QuietPage;
  /** A page of the application origin, under the control of its service worker. */
  page: QuietPage;
  url: string;
}

export async function openMeasuredApplication(browser: QuietBrowser, studioUrl: string): Promise<MeasuredApplication> {
  const studio = await browser.open(studioUrl);
  await studio.until(() => "playground" in window);
  const { url } = await studio.evaluate(
    async (files) => {
      // The page starts its sample by itself; opening another workspace meanwhile is not what is measured.
      await window.playground.settled();
      await window.playground.open(files);
      return window.playground.up();
    },
    await measuredFiles(),
  );
  const page = await browser.open(url);
  // The first visit gets the bootstrap page, which reloads once the service worker is there.
  await page.until(() => navigator.serviceWorker.controller && document.body.innerText.startsWith("hello"));
  return { studio, page, url };
}

/** A studio page whose own sample has started: opening another workspace meanwhile is not what is measured. */
export async function openStudio(browser: QuietBrowser, studioUrl: string): Promise<QuietPage> {
  const studio = await browser.open(studioUrl);
  await studio.until(() => "playground" in window);
  await studio.evaluate(() => window.playground.settled());
  return studio;
}

async function measuredFiles(): Promise<Record<string, string | Uint8Array>> {
  const names = [...new Set(guests.map(({ name }) => name))];
  const components = await Promise.all(
    names.map(async (name): Promise<[string, Uint8Array]> => [`${name}.wasm`, await buildGuest(name)]),
  );
  const triggers = guests.map(({ name, route }) => `[[trigger.http]]\nroute = "${route}"\ncomponent = "${name}"\n`);
  const sections = names.map(
    (name) => `[component.${name}]\nsource = "${name}.wasm"\nkey_value_stores = ["default"]\n`,
  );
  return {
    ...helloFiles,
    "spin.toml": [helloFiles["spin.toml"], ...triggers, ...sections].join("\n"),
    ...Object.fromEntries(components),
  };
}

/** The JavaScript component as the tab built it. */
export async function builtComponent(studio: QuietPage): Promise<Uint8Array> {
  const bytes = await studio.evaluate(async () => (await window.playground.files())["dist/hello.wasm"]);
  if (!bytes) throw new Error("The workspace has no built component.");
  return bytes;
}
