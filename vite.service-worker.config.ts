import { defineConfig } from "vite";
import { serviceWorkerPath } from "./runtime/protocol.ts";

/** The service worker: one classic script without a hash in its name, since browsers update it by its address. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "dist/application",
    // The engine's build is in the same folder.
    emptyOutDir: false,
    target: "esnext",
    reportCompressedSize: false,
    rolldownOptions: {
      input: "service-worker/service-worker.ts",
      output: { format: "iife", entryFileNames: serviceWorkerPath.slice(1), codeSplitting: false },
    },
  },
});
