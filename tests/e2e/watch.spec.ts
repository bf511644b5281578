import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { listener, project } from "./projects.ts";
import { preview } from "./studio-page.ts";

// A folder of the origin's private file system stands in for one of the person's disk: it has the same interface.
const folder = "shop";
const wasmPath = "target/wasm32-wasip1/release/shop.wasm";
const manifest = `spin_manifest_version = 2

[application]
name = "shop"

[[trigger.http]]
route = "/..."
component = "shop"

[component.shop]
source = "${wasmPath}"
files = ["site/**/*"]

[component.shop.build]
command = "cargo build --release"
watch = ["src/**/*.rs"]
`;

/** Writes a file of the folder: text, or the Wasm that was kept under this name. */
async function write(studio: Page, path: string, content: { text: string } | { kept: string }): Promise<void> {
  await studio.evaluate(
    async ({ at, given, root }) => {
      let directory = await (await navigator.storage.getDirectory()).getDirectoryHandle(root, { create: true });
      const parts = at.split("/");
      const name = parts.pop() ?? "";
      for (const part of parts) directory = await directory.getDirectoryHandle(part, { create: true });
      const file = await directory.getFileHandle(name, { create: true });
      const stream = await file.createWritable();
      const kept = globalThis as unknown as Record<string, Uint8Array>;
      await stream.write("text" in given ? given.text : Uint8Array.from(kept[given.kept] ?? []));
      await stream.close();
    },
    { at: path, given: content, root: folder },
  );
}
/** Builds a component that answers with this text, and keeps its Wasm in the page under it. */
const keep = (studio: Page, text: string) =>
  studio.evaluate(
    async ({ files, name }) => {
      await playground.open(files);
      await playground.up();
      const wasm = Object.entries(await playground.files()).find(([path]) => path.endsWith(".wasm"));
      Object.assign(globalThis, { [name]: wasm?.[1] });
    },
    {
      files: project(listener(`return new Response("${text}", { headers: { "content-type": "text/plain" } });`)),
      name: text,
    },
  );
const paths = (studio: Page) => studio.evaluate(async () => Object.keys(await playground.files()).sort());
const watched = (studio: Page) => studio.getByRole("region", { name: "Watched folder" });

for (const how of ["by the browser's word", "by looking"]) {
  test(`a rebuilt component of a watched folder is taken over ${how}`, async ({ studio }) => {
    if (how === "by looking") await studio.evaluate(() => Object.assign(globalThis, { FileSystemObserver: undefined }));
    await keep(studio, "one");
    await keep(studio, "two");
    await write(studio, "spin.toml", { text: manifest });
    await write(studio, wasmPath, { kept: "one" });
    await write(studio, "target/debug/junk", { text: "junk" });
    await write(studio, "src/lib.rs", { text: "fn one() {}" });
    await write(studio, "site/a.txt", { text: "a" });
    await studio.evaluate((root) => {
      window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(root);
    }, folder);
    await studio.getByRole("button", { name: "Open", exact: true }).click();
    await studio.getByRole("menuitem", { name: "Watch a folder" }).click();
    await expect(watched(studio)).toContainText("Watching shop");
    await expect(preview(studio).locator("body")).toHaveText("one");
    expect(await paths(studio)).toEqual(["site/a.txt", "spin.toml", "src/lib.rs", wasmPath]);

    await write(studio, wasmPath, { kept: "two" });
    await expect(preview(studio).locator("body")).toHaveText("two");
    await write(studio, "site/b/c.txt", { text: "c" });
    await write(studio, "target/debug/more", { text: "junk" });
    await write(studio, "src/unnamed.txt", { text: "x" });
    await write(studio, "src/lib.rs", { text: "fn two() {}" });
    await expect
      .poll(() => studio.evaluate(async () => new TextDecoder().decode((await playground.files())["src/lib.rs"])))
      .toBe("fn two() {}");
    await expect.poll(() => paths(studio)).toEqual(["site/a.txt", "site/b/c.txt", "spin.toml", "src/lib.rs", wasmPath]);
    await studio.evaluate(async (root) => {
      const directory = await (await navigator.storage.getDirectory()).getDirectoryHandle(root);
      await (await directory.getDirectoryHandle("site")).removeEntry("a.txt");
    }, folder);
    await expect.poll(() => paths(studio)).not.toContain("site/a.txt");

    await watched(studio).getByRole("button", { name: "Stop" }).click();
    await expect(watched(studio)).toHaveCount(0);
  });
}

test("a watched folder is gone on with after a reload, at a click", async ({ studio }) => {
  await keep(studio, "one");
  await write(studio, "spin.toml", { text: manifest });
  await write(studio, wasmPath, { kept: "one" });
  await write(studio, "site/a.txt", { text: "a" });
  await studio.evaluate((root) => {
    window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(root);
  }, folder);
  await studio.getByRole("button", { name: "Open", exact: true }).click();
  await studio.getByRole("menuitem", { name: "Watch a folder" }).click();
  await expect(watched(studio)).toContainText("Watching shop");
  // The private file system permits always; a folder of the disk waits for the person.
  await studio.addInitScript(() => {
    FileSystemHandle.prototype.queryPermission = () => Promise.resolve("prompt");
  });
  await studio.reload();
  await expect(watched(studio)).toContainText("shop is not watched now");
  await write(studio, "site/a.txt", { text: "changed meanwhile" });
  await watched(studio).getByRole("button", { name: "Go on watching" }).click();
  await expect(watched(studio)).toContainText("Watching shop");
  await expect
    .poll(() => studio.evaluate(async () => new TextDecoder().decode((await playground.files())["site/a.txt"])))
    .toBe("changed meanwhile");
  await studio.evaluate(
    async (root) => (await navigator.storage.getDirectory()).removeEntry(root, { recursive: true }),
    folder,
  );
  await expect(studio.getByRole("alert").filter({ hasText: "shop cannot be read" })).toBeVisible();
  await expect(watched(studio)).toContainText("shop is not watched now");
  await studio.getByRole("button", { name: "Dismiss" }).click();
  await studio.evaluate(() => Object.assign(window, { showDirectoryPicker: undefined }));
  await studio.getByRole("button", { name: "Open", exact: true }).click();
  await studio.getByRole("menuitem", { name: "Watch a folder" }).click();
  await expect(studio.getByRole("alert").filter({ hasText: "Chrome, Edge" })).toBeVisible();
});
