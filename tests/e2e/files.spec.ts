import { expect, test } from "./fixtures.ts";
import { test as shared } from "./workbench.ts";
import { file, notice, openTemplate, openText, preview, sampleAnswers, text, type } from "./studio-page.ts";

shared("files are made, renamed and deleted", async ({ studio }) => {
  await openText(studio, "one");
  const dialog = studio.getByRole("dialog");
  await studio.getByRole("button", { name: "New file" }).click();
  await dialog.getByLabel("Path").fill("src/index.ts");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(dialog.getByRole("alert")).toContainText("src/index.ts");
  await dialog.getByLabel("Path").fill("src/word.ts");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(studio.getByRole("tab", { name: "word.ts" })).toHaveAttribute("aria-selected", "true");
  await type(studio, "src/word.ts", `export const word = "two";\n`);
  const source = text("one").replace('"one "', 'word + " "');
  await type(studio, "src/index.ts", `import { word } from "./word.ts";\n${source}`);
  await expect(preview(studio).locator("body")).toHaveText("two /");

  await file(studio, "word.ts").focus();
  await studio.keyboard.press("F2");
  await dialog.getByLabel("Path").fill("src/lib/text.ts");
  await dialog.getByRole("button", { name: "Rename" }).click();
  await expect(file(studio, "text.ts")).toBeVisible();
  await expect(notice(studio)).toContainText("src/index.ts:1");
  await type(studio, "src/index.ts", `import { word } from "./lib/text.ts";\n${source.replace('" "', '" again "')}`);
  await expect(preview(studio).locator("body")).toHaveText("two again /");

  await file(studio, "text.ts").hover();
  await studio.getByRole("button", { name: "Actions on src/lib/text.ts" }).click();
  await studio.getByRole("menuitem", { name: "Delete" }).click();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(file(studio, "text.ts")).toHaveCount(0);
  await expect(studio.getByRole("tab", { name: "text.ts" })).toHaveCount(0);
  await expect(notice(studio)).toContainText("The last good build is shown.");
});

shared(
  "a row's context menu opens by the mouse and by keys, and does what its entries say",
  async ({ studio, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await openTemplate(studio, "kv-counter");
    const menu = studio.getByRole("menu");
    await file(studio, "page.ts").click({ button: "right" });
    await expect(menu).toHaveAccessibleName("Actions on src/page.ts");
    await menu.getByRole("menuitem", { name: "Copy path" }).click();
    await expect(menu).toHaveCount(0);
    expect(await studio.evaluate(() => navigator.clipboard.readText())).toBe("src/page.ts");

    for (const key of ["Shift+F10", "ContextMenu"]) {
      await file(studio, "page.ts").focus();
      await studio.keyboard.press(key);
      await expect(menu.getByRole("menuitem", { name: "New file" })).toBeFocused();
      await studio.keyboard.press("Escape");
      await expect(file(studio, "page.ts")).toBeFocused();
    }

    const dialog = studio.getByRole("dialog");
    await studio.keyboard.press("Shift+F10");
    await menu.getByRole("menuitem", { name: "Rename" }).press("Enter");
    await expect(dialog.getByLabel("Path")).toHaveValue("src/page.ts");
    await studio.keyboard.press("Escape");
    await expect(file(studio, "page.ts")).toBeFocused();

    await file(studio, "src").click({ button: "right" });
    await expect(menu.getByRole("menuitem", { name: "Download" })).toHaveCount(0);
    await menu.getByRole("menuitem", { name: "New file" }).click();
    await dialog.getByLabel("Path").fill("src/made.ts");
    await dialog.getByRole("button", { name: "Create" }).click();
    await file(studio, "made.ts").click({ button: "right" });
    await menu.getByRole("menuitem", { name: "Delete" }).click();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await expect(file(studio, "made.ts")).toHaveCount(0);
  },
);

shared("built Wasm is downloaded from its row", async ({ studio }) => {
  await openText(studio, "one");
  await file(studio, "dist").click();
  await file(studio, "main.wasm").click({ button: "right" });
  const download = studio.waitForEvent("download");
  await studio.getByRole("menuitem", { name: "Download" }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe("main.wasm");
  const chunks = (await (await saved.createReadStream()).toArray()) as Buffer[];
  // The magic number of WebAssembly, its version, and the layer of components.
  expect([...Buffer.concat(chunks).subarray(0, 8)]).toEqual([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]);
});

test("a folder without a file can be made, renamed and deleted", async ({ studio }) => {
  await sampleAnswers(studio);
  const dialog = studio.getByRole("dialog");
  // The ground below the rows stands for the root.
  const box = await studio.getByRole("tree", { name: "Files" }).boundingBox();
  await studio
    .getByRole("tree", { name: "Files" })
    .click({ button: "right", position: { x: 40, y: (box?.height ?? 0) - 10 } });
  await studio.getByRole("menuitem", { name: "New folder" }).click();
  await dialog.getByLabel("Path").fill("empty");
  await dialog.getByRole("button", { name: "Create" }).click();
  await file(studio, "empty").focus();
  await studio.keyboard.press("F2");
  await dialog.getByLabel("Path").fill("other");
  await dialog.getByRole("button", { name: "Rename" }).click();
  await expect(file(studio, "other")).toBeVisible();
  await expect(file(studio, "empty")).toHaveCount(0);
  await file(studio, "other").focus();
  await studio.keyboard.press("Delete");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(file(studio, "other")).toHaveCount(0);
});
