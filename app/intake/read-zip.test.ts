import { configure, Uint8ArrayWriter, TextReader, ZipWriter } from "@zip.js/zip.js";
import { beforeAll, expect, it } from "vitest";
import { readZip } from "./read-zip.ts";

beforeAll(() => configure({ useWebWorkers: false }));

async function zipOf(files: Record<string, string>, level = 9): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { level, extendedTimestamp: false });
  for (const [path, text] of Object.entries(files)) await writer.add(path, new TextReader(text));
  return Uint8Array.from(await writer.close());
}
const expanded = async (zip: Uint8Array<ArrayBuffer>) => {
  const files = await readZip("a.zip", zip);
  return Promise.all(files.map(async (file) => [file.path, new TextDecoder().decode(await file.bytes())]));
};
const centralHeader = Buffer.from([0x50, 0x4b, 1, 2]);

it.each([0, 9])("gives files and their bytes, at level %i", async (level) => {
  const files = { "shop/spin.toml": "a".repeat(5_000), "shop/src/ü.ts": "" };
  expect(await expanded(await zipOf(files, level))).toEqual(Object.entries(files));
});

it("refuses one that was cut off, is empty, or is something else", async () => {
  const zip = await zipOf({ "spin.toml": "some text" });
  for (const bytes of [zip.slice(0, zip.length - 10), zip.slice(0, 12), new Uint8Array(), new Uint8Array(500)]) {
    await expect(readZip("a.zip", bytes)).rejects.toMatchObject({
      code: "file-invalid",
      message: expect.stringContaining("no whole zip") as string,
    });
  }
});

it("does not expand a file beyond the size that the directory gives for it", async () => {
  const zip = await zipOf({ "bomb.txt": "0".repeat(5_000_000) });
  const view = new DataView(zip.buffer);
  view.setUint32(Buffer.from(zip).indexOf(centralHeader) + 24, 100, true);
  const [file] = await readZip("a.zip", zip);
  expect(file?.size).toBe(100);
  await expect(file?.bytes()).rejects.toMatchObject({ code: "file-invalid" });
});

it("notices that a byte of a file was changed", async () => {
  const zip = await zipOf({ "a.txt": "some text" }, 0);
  const at = Buffer.from(zip).indexOf("some text");
  zip[at] = 0x53;
  const [file] = await readZip("a.zip", zip);
  await expect(file?.bytes()).rejects.toMatchObject({ code: "file-invalid" });
});

it("says that it has no passwords for one that is encrypted", async () => {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { password: "x", zipCrypto: true });
  await writer.add("spin.toml", new TextReader("text"));
  await expect(readZip("a.zip", Uint8Array.from(await writer.close()))).rejects.toThrow("is encrypted");
});
