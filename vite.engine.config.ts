import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { defineConfig, type Plugin } from "vite";
import { enginePath } from "./runtime/protocol.ts";

/** The pages of an application origin: engine and bootstrap page, with the workers they start. */
export default defineConfig({
  base: enginePath,
  appType: "mpa",
  publicDir: false,
  plugins: [pagesAtRoot()],
  worker: {
    format: "es",
    rolldownOptions: {
      // jco-transpile marks its glue with a directive of its own ("use components"), which means nothing to a bundler,
      // and reads files in a branch that only Node takes, as PGlite makes a `require` there. PGlite has an `eval` for scripts of
      // Emscripten's, which it has none of.
      checks: { moduleLevelDirective: false, eval: false },
      external: ["node:fs/promises", "node:module"],
      // What the instance worker has in common with the host interfaces that it loads later would be a dozen small files.
      output: { codeSplitting: { groups: [{ name: "host", test: isOfTheWorker, minShareCount: 2 }] } },
    },
  },
  build: {
    outDir: `dist/application${enginePath}`,
    emptyOutDir: true,
    target: "esnext",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 5_000,
    reportCompressedSize: false,
    rolldownOptions: { input: [...pages("runtime/supervisor"), ...pages("service-worker")] },
  },
});

/** Modules that the instance worker needs from the start, by the beginnings of their names. */
function isOfTheWorker(id: string): boolean {
  return /\/runtime\/(host\/(wasi-io|wasi-http|wasi-clocks|pipe|bytes-|byte-|wit-error|once|wakeup|drain|with-end)|(errors|deferred|protocol)\.ts|manifest\/template)/.test(
    id,
  );
}

function pages(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".html"))
    .map((name) => `${folder}/${name}`);
}

/** Vite writes a page to its path in the sources; on the application origin all pages lie directly in the engine's path. */
function pagesAtRoot(): Plugin {
  return {
    name: "pages-at-root",
    enforce: "post",
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type === "asset" && output.fileName.endsWith(".html")) output.fileName = basename(output.fileName);
      }
    },
  };
}
