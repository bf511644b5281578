import { expect, it } from "vitest";
import { lookUpExport } from "./package-exports.ts";

const conditions = new Set(["browser", "module", "import"]);

it.each<[what: string, field: unknown, key: string, target: string | undefined]>([
  ["a string is the main module", "./index.js", ".", "./index.js"],
  ["a string has no subpaths", "./index.js", "./sub", undefined],
  ["conditions alone are the main module's", { import: "./esm.js", default: "./cjs.js" }, ".", "./esm.js"],
  ["a subpath", { ".": "./a.js", "./sub": "./b.js" }, "./sub", "./b.js"],
  ["a subpath that is not listed is closed", { ".": "./a.js" }, "./sub", undefined],
  ["the first condition that holds wins, as written", { default: "./d.js", import: "./i.js" }, ".", "./d.js"],
  ["a condition that does not hold is passed over", { node: "./n.js", browser: "./b.js" }, ".", "./b.js"],
  ["conditions within conditions fall back", { ".": { import: { node: "./n.js" }, default: "./d.js" } }, ".", "./d.js"],
  ["no condition holds", { node: "./n.js", require: "./r.cjs" }, ".", undefined],
  ["a pattern", { "./*": "./dist/*.js" }, "./a/b", "./dist/a/b.js"],
  ["every star of the target is filled", { "./*": "./*/*.js" }, "./x", "./x/x.js"],
  ["the longest pattern wins", { "./*": "./any/*.js", "./features/*": "./f/*.js" }, "./features/x", "./f/x.js"],
  ["a pattern with an ending", { "./*": "./src/*", "./*.js": "./js/*.js" }, "./x.js", "./js/x.js"],
  ["a name goes before a pattern", { "./*": "./any/*.js", "./x": "./own.js" }, "./x", "./own.js"],
  ["null closes what a pattern opens", { "./*": "./*.js", "./private/*": null }, "./private/x", undefined],
  ["a list gives the first that is there", { ".": [{ node: "./n.js" }, "./second.js"] }, ".", "./second.js"],
  ["a private import", { "#config": { browser: "./c.js" } }, "#config", "./c.js"],
  ["a private import of a package", { "#dep": "hono" }, "#dep", "hono"],
  ["no field", undefined, ".", undefined],
  ["a field of a wrong type", 7, ".", undefined],
])("%s", (_what, field, key, target) => {
  expect(lookUpExport(field, key, conditions)).toBe(target);
});
