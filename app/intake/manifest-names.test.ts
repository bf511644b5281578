import { expect, it } from "vitest";
import { manifestNames } from "./manifest-names.ts";

const version2 = `
spin_manifest_version = 2
[[trigger.http]]
route = "/inline"
component = { source = "inline.wasm" }
[component.shop]
source = "./target/wasm32-wasip1/release/shop.wasm"
files = ["site/**/*.html", { source = "assets", destination = "/" }, "../out"]
dependencies = { "a:b/c" = { path = "deps/c.wasm" } }
[component.shop.build]
command = "cargo build"
workdir = "shop"
watch = ["src/**/*.rs", "Cargo.toml"]
[component.remote]
source = { url = "https://example.com/a.wasm", digest = "sha256:00" }
`;

it("names sources, mounted files and watched ones", () => {
  const { sources, names, mountsFiles } = manifestNames(version2);
  expect(sources).toEqual(["target/wasm32-wasip1/release/shop.wasm", "deps/c.wasm", "inline.wasm"]);
  expect(mountsFiles).toBe(true);
  for (const path of ["site/a/b.html", "site/a.html", "assets/x/y.png", "shop/src/lib.rs", "shop/Cargo.toml"]) {
    expect([path, names(path)]).toEqual([path, true]);
  }
  for (const path of ["site/a.css", "src/lib.rs", "Cargo.toml", "assetsx", "target/a.wasm", "out/a", "../out"]) {
    expect([path, names(path)]).toEqual([path, false]);
  }
});

it("knows which folders lead to something named", () => {
  const { mayHold, anywhere } = manifestNames(version2);
  expect(["target", "target/wasm32-wasip1", "assets", "assets/a", "node_modules", "tar"].map(mayHold)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(anywhere).toBe(false);
  expect(manifestNames('[component.a]\nbuild = { watch = ["**/*.rs"] }').anywhere).toBe(true);
});

it("reads the first version of the manifest too, and takes any other text", () => {
  expect(manifestNames('[[component]]\nid = "a"\nsource = "a.wasm"\nfiles = ["b"]').sources).toEqual(["a.wasm"]);
  for (const text of ["", "a = ", "component = 1", "[component]\na = 2", '[component.a]\nsource = "/etc/a"']) {
    expect(manifestNames(text).sources).toEqual([]);
  }
});
