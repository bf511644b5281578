import { expect, it } from "vitest";
import { isJavaScriptBuild } from "./recognise.ts";

it.each([
  "npm run build",
  "npm install && npm run build",
  ["npm ci", "npm run build"].join("\n"),
  "pnpm build",
  "yarn build",
  "npx webpack --mode=production && npx mkdirp dist && npx j2w -i build/bundle.js -o dist/x.wasm",
  "node build.mjs",
  "spin js2wasm -o dist/x.wasm dist/spin.js",
])("takes %j for a JavaScript build", (command) => {
  expect(isJavaScriptBuild(command)).toBe(true);
});

it.each([
  "",
  "npm install",
  "cargo build --target wasm32-wasip1 --release",
  "npm run build && cargo build",
  "tinygo build -target=wasip1 -o main.wasm main.go",
  "componentize-py -w spin-http componentize app -o app.wasm",
  "make",
])("leaves %j to others", (command) => {
  expect(isJavaScriptBuild(command)).toBe(false);
});
