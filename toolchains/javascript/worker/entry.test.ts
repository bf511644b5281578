import { expect, it } from "vitest";
import { findEntry } from "./entry.ts";
import { sourceTree } from "./source-tree.ts";

const find = (files: Record<string, string>, command = "npm run build", workdir = "") =>
  findEntry(sourceTree(files, {}), workdir, command);
const scripts = (build: string, more = {}) => JSON.stringify({ scripts: { build, ...more } });

it.each<[what: string, files: Record<string, string>, path: string, command?: string, workdir?: string]>([
  ["the customary place", { "src/index.js": "" }, "src/index.js"],
  ["the root", { "index.mjs": "" }, "index.mjs"],
  [
    "the command's own argument",
    { "app/main.ts": "", "src/index.ts": "" },
    "app/main.ts",
    "npx esbuild app/main.ts --bundle",
  ],
  [
    "a package.json script",
    { "package.json": scripts("esbuild src/app.ts --bundle --outfile=x.js"), "src/app.ts": "", "src/index.ts": "" },
    "src/app.ts",
  ],
  [
    "a script that runs another",
    {
      "package.json": scripts("npm run bundle && j2w", { bundle: "tsup src/b.ts" }),
      "src/b.ts": "",
      "src/index.ts": "",
    },
    "src/b.ts",
  ],
  [
    "a build script's entryPoints",
    {
      "package.json": scripts("node build.mjs"),
      "build.mjs": `build({ entryPoints: ['./src/c.ts'] })`,
      "src/c.ts": "",
    },
    "src/c.ts",
  ],
  [
    "a webpack configuration",
    {
      "package.json": scripts("webpack"),
      "webpack.config.js": `module.exports = { entry: './src/spin.ts' }`,
      "src/spin.ts": "",
    },
    "src/spin.ts",
  ],
  ["package.json's source", { "package.json": `{"source":"lib/s.ts"}`, "lib/s.ts": "" }, "lib/s.ts"],
  [
    "the component's folder",
    { "api/src/index.ts": "", "src/index.ts": "" },
    "api/src/index.ts",
    "npm run build",
    "api",
  ],
])("finds the module by %s", (_what, files, path, command, workdir) => {
  expect(find(files, command, workdir).path).toBe(path);
});

it("does not take what the build makes for a source", () => {
  expect(find({ "package.json": `{"main":"dist/x.js"}`, "dist/x.js": "", "src/index.ts": "" }).path).toBe(
    "src/index.ts",
  );
});

it("says where it looked", () => {
  expect(find({ "package.json": `{"source":"a.ts"}` })).toEqual({ tried: ["a.ts", "src/index", "index"] });
});

it("does not run in circles", () => {
  expect(find({ "package.json": scripts("npm run build"), "src/index.ts": "" }).path).toBe("src/index.ts");
});
