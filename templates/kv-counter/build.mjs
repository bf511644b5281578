import { build } from "esbuild";
import { mkdirSync } from "node:fs";

// One ES module. What starts with a WIT package name is linked when j2w makes the component.
await build({
  entryPoints: ["src/index.ts"],
  outfile: "build/bundle.js",
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  sourcemap: true,
  external: ["fermyon:*", "spin:*", "wasi:*"],
});

// j2w writes into this folder and does not make it.
mkdirSync("dist", { recursive: true });
