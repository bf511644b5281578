import { describe, expect, it, vi } from "vitest";
import { PackLoader } from "./pack-loader.ts";

const manifest = {
  format: 1,
  files: {
    "a.bin": { file: "a.0123.bin", size: 4, hash: "" },
    "b.json": { file: "b.4567.json", size: 7, hash: "" },
  },
};
const files: Record<string, string> = {
  "manifest.json": JSON.stringify(manifest),
  "a.0123.bin": "abcd",
  "b.4567.json": `{"x":1}`,
};
const base = "https://pack.test/js/";

function server(change: Partial<Record<string, () => Response>> = {}) {
  return vi.fn<typeof fetch>(async (input) => {
    const name = (input as string).slice(base.length);
    const text = files[name];
    return change[name]?.() ?? (text === undefined ? new Response("", { status: 404 }) : new Response(text));
  });
}

describe("the pack loader", () => {
  it("fetches the manifest and each file once", async () => {
    const fetchFile = server();
    const loader = new PackLoader(base, fetchFile);
    const [first, second] = await Promise.all([loader.bytes("a.bin"), loader.bytes("a.bin")]);
    expect(new TextDecoder().decode(first)).toBe("abcd");
    expect(second).toBe(first);
    expect(await loader.json("b.json")).toEqual({ x: 1 });
    expect(fetchFile.mock.calls.map(([input]) => input)).toEqual([
      `${base}manifest.json`,
      `${base}a.0123.bin`,
      `${base}b.4567.json`,
    ]);
  });

  it("counts progress over files that load together", async () => {
    const seen: [number, number][] = [];
    const loader = new PackLoader(base, server());
    const onProgress = ({ loaded, total }: { loaded: number; total: number }) => void seen.push([loaded, total]);
    await Promise.all([loader.bytes("a.bin", onProgress), loader.bytes("b.json", onProgress)]);
    expect(seen.at(-1)).toEqual([11, 11]);
  });

  it.each([
    ["refused", () => new Response("", { status: 503 }), /answers 503/],
    ["cut short", () => new Response("ab"), /2 bytes came instead of 4/],
  ])("fails as pack-unavailable when a file is %s, and asks again at the next call", async (_what, answer, message) => {
    let broken = true;
    const files = { "a.0123.bin": () => (broken ? answer() : new Response("abcd")) };
    const loader = new PackLoader(base, server(files));
    await expect(loader.bytes("a.bin")).rejects.toMatchObject({
      code: "pack-unavailable",
      message: expect.stringMatching(message) as string,
    });
    broken = false;
    expect(await loader.bytes("a.bin")).toHaveLength(4);
  });

  it("fails as pack-unavailable without a manifest", async () => {
    const loader = new PackLoader(base, () => Promise.reject(new TypeError("Failed to fetch")));
    await expect(loader.bytes("a.bin")).rejects.toMatchObject({
      code: "pack-unavailable",
      message: expect.stringContaining("manifest.json") as string,
    });
  });

  it("has no file that the manifest does not name", async () => {
    await expect(new PackLoader(base, server()).bytes("c.bin")).rejects.toMatchObject({ code: "internal" });
  });
});
