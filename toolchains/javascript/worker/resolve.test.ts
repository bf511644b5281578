import { describe, expect, it } from "vitest";
import { resolveFile, resolveImport, type Resolution } from "./resolve.ts";
import { sourceTree } from "./source-tree.ts";

const vendored = {
  "node_modules/lib/package.json": `{"exports":{".":{"import":"./esm.js","require":"./cjs.js"},"./sub":"./sub.js"}}`,
  "node_modules/lib/esm.js": "",
  "node_modules/lib/cjs.js": "",
  "node_modules/lib/sub.js": "",
  "node_modules/lib/hidden.js": "",
  "node_modules/plain/package.json": `{"main":"lib/main"}`,
  "node_modules/plain/lib/main.js": "",
  "node_modules/@scope/pkg/package.json": `{"module":"index.mjs","main":"index.cjs"}`,
  "node_modules/@scope/pkg/index.mjs": "",
};
const workspace = {
  "package.json": `{"imports":{"#config":"./src/config.ts"}}`,
  "src/index.ts": "",
  "src/config.ts": "",
  "src/view.tsx": "",
  "src/data.json": "{}",
  "src/routes/index.ts": "",
  "node_modules/plain/lib/main.js": "the workspace's own",
};
const tree = sourceTree(workspace, vendored);
const resolve = (specifier: string, importer = "src/index.ts", required = false): Resolution =>
  resolveImport(specifier, importer, required, {
    tree,
    witImports: ["wasi:random/random@0.2.10", "fermyon:spin/key-value@2.0.0"],
    packages: { lib: "1.0.0", plain: "2.0.0" },
    aliases: { "old-sdk": "node_modules/lib/sub.js" },
  });

describe("an import", () => {
  it.each([
    ["./config", "src/config.ts"],
    ["./config.ts", "src/config.ts"],
    ["./config.js", "src/config.ts"],
    ["./view.jsx", "src/view.tsx"],
    ["./routes", "src/routes/index.ts"],
    ["./data.json", "src/data.json"],
    ["../src/config", "src/config.ts"],
    ["/src/config", "src/config.ts"],
    ["#config", "src/config.ts"],
    ["lib", "node_modules/lib/esm.js"],
    ["lib/sub", "node_modules/lib/sub.js"],
    ["plain", "node_modules/plain/lib/main.js"],
    ["@scope/pkg", "node_modules/@scope/pkg/index.mjs"],
    ["old-sdk", "node_modules/lib/sub.js"],
  ])("of %s is %s", (specifier, path) => {
    expect(resolve(specifier)).toEqual({ path });
  });

  it("takes what a package offers to require", () => {
    expect(resolve("lib", "src/index.ts", true)).toEqual({ path: "node_modules/lib/cjs.js" });
  });

  it("of a WIT interface of the world stays one", () => {
    expect(resolve("wasi:random/random@0.2.10")).toEqual({ external: "wasi:random/random@0.2.10" });
  });

  it.each([
    ["./gone", "import-not-found", /no file "\.\/gone" beside src\/index\.ts/],
    ["../../outside", "import-not-found", /no file/],
    ["lib/hidden.js", "import-not-found", /"lib" has no export "\.\/hidden\.js"/],
    ["#nothing", "import-not-found", /"imports" for "#nothing"/],
    ["left-pad", "import-unavailable", /"left-pad" is not available.*lib, plain/],
    ["@other/pkg/sub", "import-unavailable", /"@other\/pkg" is not available/],
    ["node:fs", "node-builtin", /module of Node\.js/],
    ["fs/promises", "node-builtin", /module of Node\.js/],
    ["wasi:random/random@0.3.0", "wit-import-unknown", /Available is wasi:random\/random@0\.2\.10/],
    ["wasi:nn/graph", "wit-import-unknown", /Available are: wasi:random/],
  ])("of %s is refused as %s", (specifier, code, problem) => {
    expect(resolve(specifier)).toMatchObject({ code, problem: expect.stringMatching(problem) as string });
  });
});

it("a workspace's own file wins over a vendored one", () => {
  expect(tree.read("node_modules/plain/lib/main.js")).toBe("the workspace's own");
});

it("finds no file for a folder without an index", () => {
  expect(resolveFile(tree, "node_modules")).toBeUndefined();
});
