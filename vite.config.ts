import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The studio: `index.html` and everything it loads, packs included (they lie in `public/packs`). */
export default defineConfig({
  plugins: [react()],
  // An unknown path is a 404 here, as it is in production.
  appType: "mpa",
  worker: { format: "es" },
  build: {
    outDir: "dist/studio",
    emptyOutDir: true,
    target: "esnext",
    modulePreload: { polyfill: false },
    // Monaco and its TypeScript worker are large, and load after the page is usable.
    chunkSizeWarningLimit: 10_000,
    reportCompressedSize: false,
    // Advice for authors of plugins, of which there are none here.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});
