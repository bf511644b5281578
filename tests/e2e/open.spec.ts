import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { listener, project } from "./projects.ts";
import { file, preview } from "./studio-page.ts";

/** A file of the page: text, or the Wasm of the application that is open. */
type Given = { name: string; text: string } | { name: string; wasm: true };

/** Drops files on the page, as a browser does: on the editor, where a drop could be taken for text. */
async function drop(studio: Page, given: Given[]): Promise<void> {
  await studio.evaluate(async (all) => {
    const files = await playground.files();
    const wasm = Object.entries(files).find(([path]) => path.endsWith(".wasm"))?.[1] ?? new Uint8Array();
    const dataTransfer = new DataTransfer();
    for (const one of all) {
      dataTransfer.items.add(new File(["wasm" in one ? Uint8Array.from(wasm) : one.text], one.name));
    }
    const target = document.querySelector(".monaco-editor") ?? document.body;
    for (const type of ["dragenter", "dragover", "drop"]) {
      target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
    }
  }, given);
}
const said = (studio: Page) => studio.getByRole("status", { name: "What was opened" });
const answer = (studio: Page, path = "/") =>
  studio.evaluate(async (at) => {
    await playground.settled();
    return (await playground.request(at)).text();
  }, path);
const openSaying = (studio: Page, text: string) =>
  studio.evaluate(
    async (files) => {
      await playground.open(files);
      await playground.up();
    },
    project(listener(`return new Response(${JSON.stringify(text)});`)),
  );

test("dropped Wasm becomes an application that answers, and the workspace before comes back", async ({ studio }) => {
  await openSaying(studio, "hello from Wasm");
  await drop(studio, [{ name: "hello.wasm", wasm: true }]);
  const dialog = studio.getByRole("dialog", { name: "Open hello.wasm" });
  await dialog.getByRole("button", { name: "Open" }).click();
  await expect(said(studio)).toContainText(
    'hello.wasm is an application now: spin.toml sends all requests to it (route "/...").',
  );
  await expect(file(studio, "hello.wasm")).toBeVisible();
  await expect(preview(studio).locator("body")).toHaveText("hello from Wasm");
  expect(await answer(studio, "/any/path")).toBe("hello from Wasm");

  await said(studio).getByRole("button", { name: "Undo" }).click();
  await expect(file(studio, "hello.wasm")).toHaveCount(0);
  expect(await answer(studio)).toBe("hello from Wasm");
  await studio.getByRole("button", { name: "Open", exact: true }).click();
  await studio.getByRole("menuitem", { name: "Workspace before" }).click();
  await expect(file(studio, "hello.wasm")).toBeVisible();
});

test("dropped Wasm takes the place of a component's, until it is undone", async ({ studio }) => {
  await openSaying(studio, "one");
  const files = project(listener(`return new Response("two");`));
  await studio.evaluate(async () => {
    const found = Object.entries(await playground.files()).find(([path]) => path.endsWith(".wasm"));
    Object.assign(globalThis, { kept: found?.[1] });
  });
  await studio.evaluate(async (all) => {
    await playground.open(all);
    await playground.up();
    const dataTransfer = new DataTransfer();
    const { kept } = globalThis as unknown as { kept: Uint8Array };
    dataTransfer.items.add(new File([Uint8Array.from(kept)], "main.wasm"));
    document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
  }, files);
  const dialog = studio.getByRole("dialog", { name: "Open main.wasm" });
  await dialog.getByRole("radio", { name: "Replace component main" }).check();
  await dialog.getByRole("button", { name: "Replace" }).click();
  await expect(said(studio)).toContainText('Component "main" is main.wasm now');
  expect(await answer(studio)).toBe("one");
  await said(studio).getByRole("button", { name: "Undo" }).click();
  await expect(said(studio)).toHaveCount(0);
  expect(await answer(studio)).toBe("two");
});

test("what cannot be opened is said, and the application goes on", async ({ studio }) => {
  await openSaying(studio, "still here");
  const alert = studio.getByRole("alert");
  for (const [given, words] of [
    [{ name: "a.wasm", text: "no wasm" }, "This is not a WebAssembly file"],
    [{ name: "a.zip", text: "PK no zip" }, "a.zip is no whole zip file"],
  ] as const) {
    await drop(studio, [given]);
    await expect(alert.filter({ hasText: words })).toBeVisible();
  }
  await studio.evaluate(() => {
    const dataTransfer = new DataTransfer();
    const mebibytes = Array.from({ length: 300 }, () => new Uint8Array(1024 * 1024));
    dataTransfer.items.add(new File(mebibytes, "big.wasm"));
    document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
  });
  await expect(alert.filter({ hasText: "big.wasm has 300 MiB" })).toBeVisible();
  expect(await answer(studio)).toBe("still here");
});

test("one looks inside a component", async ({ studio }) => {
  await openSaying(studio, "inside");
  await studio.getByRole("button", { name: "main", exact: true }).click();
  const panel = studio.getByRole("region", { name: "Components" });
  await expect(panel.getByLabel("WIT")).toContainText("wasi:http/incoming-handler");
  await expect(panel.getByRole("list", { name: "Imports" })).toContainText("wasi:http/types");
  await expect(panel.getByRole("list", { name: "Imports" })).toContainText("refuses");
  const inspection = await studio.evaluate(() => playground.inspect("main"));
  expect(inspection.kind).toBe("component");
  expect(inspection.handler).toContain("wasi:http/incoming-handler@0.2");
  expect(inspection.imports.find(({ name }) => name.startsWith("fermyon:spin/mysql"))?.provision).toBe("refuses");
});
