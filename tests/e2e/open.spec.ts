import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { parse } from "@bytecodealliance/jco-transpile/wasm-tools";
import type { Page } from "@playwright/test";
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
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
  await studio.getByRole("button", { name: "Look inside main" }).click();
  const panel = studio.getByRole("region", { name: "Components" });
  await expect(panel.getByLabel("WIT")).toContainText("wasi:http/incoming-handler");
  await expect(panel.getByRole("list", { name: "Imports" })).toContainText("wasi:http/types");
  await expect(panel.getByRole("list", { name: "Imports" })).toContainText("refuses");
  const inspection = await studio.evaluate(() => playground.inspect("main"));
  expect(inspection.kind).toBe("component");
  expect(inspection.handler).toContain("wasi:http/incoming-handler@0.2");
  expect(inspection.imports.find(({ name }) => name.startsWith("fermyon:spin/mysql"))?.provision).toBe("refuses");
});

/** The files of an application with the Wasm of the one that is open, as a person has them on the disk. */
async function filesOnDisk(studio: Page): Promise<Record<string, Buffer>> {
  const base64 = await studio.evaluate(async () => {
    const files = await playground.files();
    const wasm = Object.entries(files).find(([path]) => path.endsWith(".wasm"))?.[1] ?? new Uint8Array();
    return new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.addEventListener("load", () => resolve((reader.result as string).split(",")[1] ?? ""));
      reader.readAsDataURL(new Blob([Uint8Array.from(wasm)]));
    });
  });
  const manifest = `spin_manifest_version = 2
[application]
name = "shop"
[[trigger.http]]
route = "/..."
component = "shop"
[component.shop]
source = "target/shop.wasm"
`;
  return {
    "spin.toml": Buffer.from(manifest),
    "target/shop.wasm": Buffer.from(base64, "base64"),
    "target/debug/junk": Buffer.from("junk"),
    "node_modules/a/index.js": Buffer.from("junk"),
    "readme.md": Buffer.from("A shop."),
  };
}
const paths = (studio: Page) => studio.evaluate(async () => Object.keys(await playground.files()).sort());
const taken = ["readme.md", "spin.toml", "target/shop.wasm"];

test("a folder is dropped from the disk", async ({ studio, context }, info) => {
  await openSaying(studio, "from a folder");
  for (const [path, content] of Object.entries(await filesOnDisk(studio))) {
    const place = info.outputPath("shop", path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, content);
  }
  const session = await context.newCDPSession(studio);
  const data = { items: [], files: [join(info.outputDir, "shop")], dragOperationsMask: 1 };
  // Over the preview, as a drag that comes from another window on the right of this one.
  await studio.evaluate(() => window.dispatchEvent(new Event("blur")));
  const box = await studio.locator('iframe[title^="Preview of"]').boundingBox();
  const place = { x: (box?.x ?? 0) + 50, y: (box?.y ?? 0) + 50 };
  await session.send("Input.dispatchDragEvent", { type: "dragEnter", ...place, data });
  await expect(studio.getByText("Drop a .wasm, a zip or a folder")).toBeVisible();
  await session.send("Input.dispatchDragEvent", { type: "dragOver", ...place, data });
  await session.send("Input.dispatchDragEvent", { type: "drop", ...place, data });
  await expect(said(studio)).toContainText("Opened shop: 3 files.");
  expect(await paths(studio)).toEqual(taken);
  expect(await answer(studio)).toBe("from a folder");
  await expect(studio.getByText("Drop a .wasm, a zip or a folder")).toHaveCount(0);
});

test("a zip is picked", async ({ studio }) => {
  await openSaying(studio, "from a zip");
  const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  for (const [path, content] of Object.entries(await filesOnDisk(studio))) {
    await writer.add(`shop-main/${path}`, new Uint8ArrayReader(Uint8Array.from(content)));
  }
  const buffer = Buffer.from(await writer.close());
  const open = async (name: string, content: Buffer): Promise<void> => {
    const chooser = studio.waitForEvent("filechooser");
    await studio.getByRole("button", { name: "Open", exact: true }).click();
    await studio.getByRole("menuitem", { name: "Files" }).click();
    await (await chooser).setFiles([{ name, mimeType: "application/zip", buffer: content }]);
  };
  await open("cut.zip", buffer.subarray(0, buffer.length / 2));
  await expect(studio.getByRole("alert").filter({ hasText: "cut.zip is no whole zip file" })).toBeVisible();
  expect(await answer(studio)).toBe("from a zip");
  await open("shop.zip", buffer);
  await expect(said(studio)).toContainText("Opened shop.zip: 3 files. 2 files left out");
  expect(await paths(studio)).toEqual(taken);
  expect(await answer(studio)).toBe("from a zip");
});

test("a URL is opened, and a server that lets nobody read is explained", async ({ studio }) => {
  await openSaying(studio, "from a URL");
  const files = await filesOnDisk(studio);
  const server = createServer((request, response) => {
    const path = (request.url ?? "").replace(/^\/(?:open|closed)\//, "");
    if (request.url?.startsWith("/open/")) response.setHeader("access-control-allow-origin", "*");
    response.writeHead(path in files ? 200 : 404).end(files[path]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const dialog = studio.getByRole("dialog", { name: "Open a URL" });
  const open = async (url: string): Promise<void> => {
    await dialog.getByLabel("URL").fill(url);
    await dialog.getByRole("button", { name: "Open" }).click();
  };
  try {
    await studio.getByRole("button", { name: "Open", exact: true }).click();
    await studio.getByRole("menuitem", { name: "URL" }).click();
    await open(`${base}/closed/spin.toml`);
    await expect(dialog.getByRole("alert")).toContainText("CORS");
    await open(`${base}/open/none.wasm`);
    await expect(dialog.getByRole("alert")).toContainText("404");
    await open(`${base}/open/spin.toml`);
    await expect(said(studio)).toContainText("Opened");
    expect(await paths(studio)).toEqual(["spin.toml", "target/shop.wasm"]);
    expect(await answer(studio)).toBe("from a URL");
  } finally {
    server.close();
  }
});

test("a dropped command becomes an application that answers by WAGI", async ({ studio }) => {
  const text = "content-type: text/plain\n\nhello from a command";
  const module = await parse(`(module
    (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 1)
    (data (i32.const 0) "\\10\\00\\00\\00\\${text.length.toString(16)}\\00\\00\\00")
    (data (i32.const 16) "${text.replaceAll("\n", "\\n")}")
    (func (export "_start") (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))`);
  await studio.evaluate(
    async (bytes) => {
      await playground.open({ "index.html": "no manifest here" });
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([Uint8Array.from(bytes)], "greet.wasm"));
      document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
    },
    [...module],
  );
  await expect(said(studio)).toContainText("It is a command, so it answers by WAGI.");
  expect(await answer(studio)).toBe("hello from a command");
});
