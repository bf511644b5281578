/** The parts of the studio's page as a person finds them, and what a person does with them. */
import type { FrameLocator, Locator, Page } from "@playwright/test";
import { expect } from "./fixtures.ts";
import { listener, project } from "./projects.ts";

export const preview = (page: Page): FrameLocator => page.frameLocator('iframe[title^="Preview of"]');
export const editor = (page: Page): Locator => page.getByRole("main", { name: "Editor" });
export const status = (page: Page): Locator => page.getByRole("banner").getByRole("status");
export const notice = (page: Page): Locator => page.getByRole("region", { name: "Preview" }).getByRole("status");
export const file = (page: Page, name: string): Locator => page.getByRole("treeitem", { name });
export const text = (name: string): string =>
  listener(`return new Response("${name} " + url.pathname, { headers: { "content-type": "text/plain" } });`);

/** The sample answers and Monaco is there: what a person sees a moment after opening the page. */
export async function sampleAnswers(page: Page): Promise<void> {
  await expect(preview(page).getByRole("heading", { name: /views? of \// })).toBeVisible();
  await expect(editor(page).getByRole("textbox", { name: /src\/index\.ts/ })).toBeAttached();
}

/** Puts an application of one file in the place of what is open, and waits until the preview shows what it answers. */
export async function open(page: Page, source: string, shown: string): Promise<void> {
  await page.evaluate((sources) => playground.open(sources), project(source));
  // The first build of a page waits for the whole toolchain, beside which Monaco starts.
  await expect(preview(page).locator("body")).toHaveText(shown, { timeout: 60_000 });
}

export const openText = (page: Page, name: string): Promise<void> => open(page, text(name), `${name} /`);

/** Opens a template in the place of what is open, by the menu. */
export async function openTemplate(page: Page, id: string): Promise<void> {
  await page.getByRole("button", { name: "New from template" }).click();
  await page.getByRole("menuitem", { name: new RegExp(id) }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Open template" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(id);
}

/** Replaces all of the file that the editor shows by typing, as a person would by pasting. */
export async function type(page: Page, path: string, content: string): Promise<void> {
  await file(page, path.split("/").at(-1) ?? path).click();
  const textbox = editor(page).getByRole("textbox", { name: new RegExp(path) });
  await textbox.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(content);
}
