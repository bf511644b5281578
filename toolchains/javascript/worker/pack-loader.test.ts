import { createHash } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import type { PackManifest } from "../pack-manifest.ts";
import { PackLoader } from "./pack-loader.ts";

const entry = (file: string, text: string) => ({
  file,
  size: text.length,
  hash: createHash("sha256").update(text).digest("hex"),
});
const manifest = {
  format: 1,
  files: { "a.bin": entry("a.0123.bin", "abcd"), "b.json": entry("b.4567.json", `{"x":1}`) },
} as unknown as PackManifest;
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
    const loader = new PackLoader(base, { fetchFile });
    const [first, second] = await Promise.all([loader.bytes("a.bin"), loader.bytes("a.bin")]);
    expect(new TextDecoder().decode(first)).toBe("abcd");
    expect(second).toBe(first);
    const value = await loader.json("b.json");
    expect(value).toEqual({ x: 1 });
    expect(await loader.json("b.json")).toBe(value);
    expect(fetchFile.mock.calls.map(([input]) => input)).toEqual([
      `${base}manifest.json`,
      `${base}a.0123.bin`,
      `${base}b.4567.json`,
    ]);
  });

  it("counts progress over files that load together", async () => {
    const seen: [number, number][] = [];
    const loader = new PackLoader(base, { fetchFile: server() });
    const onProgress = ({ loaded, total }: { loaded: number; total: number }) => void seen.push([loaded, total]);
    await Promise.all([loader.bytes("a.bin", onProgress), loader.bytes("b.json", onProgress)]);
    expect(seen.at(-1)).toEqual([11, 11]);
  });

  it.each([
    ["refused", () => new Response("", { status: 503 }), /answers 503/],
    ["cut short", () => new Response("ab"), /2 bytes came instead of 4/],
    ["too long", () => new Response("abcdef"), /6 bytes came instead of 4/],
    ["another", () => new Response("abce"), /not what the manifest names/],
    ["broken off", () => new Response(brokenOff()), /connection lost/],
  ])("fails as pack-unavailable when a file is %s, and asks again at the next call", async (_what, answer, message) => {
    let broken = true;
    const files = { "a.0123.bin": () => (broken ? answer() : new Response("abcd")) };
    const fetchFile = server(files);
    const loader = new PackLoader(base, { fetchFile });
    await expect(loader.bytes("a.bin")).rejects.toMatchObject({
      code: "pack-unavailable",
      message: expect.stringMatching(message) as string,
    });
    broken = false;
    const progress: unknown[] = [];
    expect(await loader.bytes("a.bin", (one) => progress.push(one))).toHaveLength(4);
    expect(progress).toEqual([{ pack: "javascript", loaded: 4, total: 4 }]);
    // What the browser has cached may be what was broken.
    expect(fetchFile).toHaveBeenLastCalledWith(`${base}a.0123.bin`, { cache: "reload" });
  });

  it("fails as pack-unavailable without a manifest", async () => {
    const loader = new PackLoader(base, { fetchFile: () => Promise.reject(new TypeError("Failed to fetch")) });
    await expect(loader.bytes("a.bin")).rejects.toMatchObject({
      code: "pack-unavailable",
      message: expect.stringContaining("manifest.json") as string,
    });
  });

  it("takes a manifest that is there already, until a file fails", async () => {
    const fetchFile = server();
    const loader = new PackLoader(base, { manifest, fetchFile });
    await loader.bytes("a.bin");
    expect(fetchFile).toHaveBeenCalledTimes(1);
    fetchFile.mockResolvedValueOnce(new Response("", { status: 404 }));
    await expect(loader.bytes("b.json")).rejects.toMatchObject({ code: "pack-unavailable" });
    expect(await loader.json("b.json")).toEqual({ x: 1 });
    expect(fetchFile.mock.calls.map(([input]) => input)).toContain(`${base}manifest.json`);
  });

  it("has no file that the manifest does not name", async () => {
    await expect(new PackLoader(base, { fetchFile: server() }).bytes("c.bin")).rejects.toMatchObject({
      code: "internal",
    });
  });
});

function brokenOff(): ReadableStream<Uint8Array> {
  let pulls = 0;
  return new ReadableStream({
    pull(controller) {
      pulls += 1;
      if (pulls === 1) controller.enqueue(new TextEncoder().encode("ab"));
      else controller.error(new TypeError("connection lost"));
    },
  });
}
