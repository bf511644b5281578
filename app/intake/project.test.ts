import { expect, it } from "vitest";
import { type IncomingFile, intakeLimits } from "./incoming-file.ts";
import { readProject } from "./project.ts";

const given = (path: string, text = "", size = text.length): IncomingFile => ({
  path,
  size,
  bytes: () => Promise.resolve(new TextEncoder().encode(text)),
});
const manifest = `[component.shop]\nsource = "target/wasm32-wasip1/release/shop.wasm"\nfiles = ["target/site/**"]`;
const reason = (files: IncomingFile[]): Promise<string> =>
  readProject("shop.zip", files).then(
    () => "it was taken",
    (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
  );

it("takes what lies below the outermost manifest, by its path there", async () => {
  const project = await readProject("shop.zip", [
    given("readme.md"),
    given("shop-main/spin.toml", "name"),
    given("shop-main/src/a.ts", "a"),
    given("shop-main/examples/small/spin.toml"),
  ]);
  expect(Object.keys(project.files)).toEqual(["spin.toml", "src/a.ts", "examples/small/spin.toml"]);
  expect(new TextDecoder().decode(project.files["src/a.ts"])).toBe("a");
  expect(project.leftOut).toBe(1);
});

it("leaves out what tools make, but for what the manifest names", async () => {
  const project = await readProject("shop", [
    given("spin.toml", manifest),
    given("target/wasm32-wasip1/release/shop.wasm"),
    given("target/wasm32-wasip1/release/shop.d"),
    given("target/site/a/b.html"),
    given("web/node_modules/left-pad/index.js"),
    given(".git/HEAD"),
    given("__MACOSX/._spin.toml"),
    given("node_modules/x/spin.toml"),
  ]);
  expect(Object.keys(project.files)).toEqual([
    "spin.toml",
    "target/wasm32-wasip1/release/shop.wasm",
    "target/site/a/b.html",
  ]);
  expect(project.leftOut).toBe(5);
});

it("says what there is in place of a manifest", async () => {
  expect(await reason([given("index.html"), given("style.css")])).toBe(
    "manifest-missing: There is no spin.toml in shop.zip, so it is no Spin application. It has index.html, style.css.",
  );
  expect(await reason([])).toContain("It is empty.");
  expect(await reason([given("a/spin.toml"), given("b/spin.toml")])).toContain("in each of a, b.");
});

it.each(["../up.txt", "a/../../b", "/etc/passwd", "C:/a", "a\\b", "__proto__", "a/__proto__/b", "a\nb", "a/ b"])(
  "refuses the name %j",
  async (path) => {
    expect(await reason([given("spin.toml"), given(path)])).toMatch(/^file-invalid: shop\.zip was not opened/);
  },
);

it("refuses too much before it reads anything of it", async () => {
  const unread = (path: string, size: number): IncomingFile => ({
    path,
    size,
    bytes: () => Promise.reject(new Error("It was read.")),
  });
  const large = intakeLimits.fileBytes;
  expect(await reason([given("spin.toml"), unread("a", large + 1)])).toContain("limit-exceeded: a has 129 MiB");
  const many = [unread("a", large), unread("b", large), unread("c", 1)];
  expect(await reason([given("spin.toml"), ...many])).toContain("limit-exceeded: The files of shop.zip have 257 MiB");
  const files = Array.from({ length: intakeLimits.files }, (_, index) => unread(`f${index}`, 0));
  expect(await reason([given("spin.toml"), ...files])).toContain("limit-exceeded: shop.zip has 2001 files");
});
