import react from "@vitejs/plugin-react";
import { defineConfig, type HtmlTagDescriptor, type Plugin } from "vite";

/** The studio: `index.html` and everything it loads, packs included (they lie in `public/packs`). */
export default defineConfig({
  plugins: [react(), preloadInterface()],
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
    rolldownOptions: {
      checks: { pluginTimings: false },
      // Files of the engine that only parts use which load later: the first load needs nothing that they do by themselves.
      treeshake: { moduleSideEffects: [{ test: /\/runtime\/component\//, sideEffects: false }] },
      // What the kernel, the interface and the panels that load later have in common would be a dozen files of a few
      // hundred bytes. What the later ones alone have in common comes with the first of them.
      output: {
        codeSplitting: {
          groups: [
            { name: "shared", test: isShared, minShareCount: 2 },
            { name: "manifest", test: isOfTheManifest, minShareCount: 2 },
          ],
        },
      },
    },
  },
});

/** Whether a module is of the first load if several chunks use it. */
function isShared(id: string): boolean {
  if (
    /\/app\/design\/(form-dialog|menu-entries|context-menu|option-list|bytes-view)|\/app\/(editor|intake|components)\//.test(
      id,
    )
  )
    return false;
  return /\/app\/|\/node_modules\/(react|zustand|lucide)/.test(id);
}

/** What the first load needs to read a manifest, and what later parts need of it. */
function isOfTheManifest(id: string): boolean {
  return /\/node_modules\/smol-toml\/|\/runtime\/(diagnostic|errors|manifest\/)/.test(id);
}

/** The interface is imported once the kernel has begun to work; the browser may fetch it while it does. */
function preloadInterface(): Plugin {
  return {
    name: "preload-interface",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }): HtmlTagDescriptor[] {
        const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
        const entry = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith("/app/shell/mount.tsx"));
        if (entry === undefined) throw new Error("The interface's chunk is not in the bundle.");
        const styles = [...(entry.viteMetadata?.importedCss ?? [])].map((file) => link("stylesheet", file));
        const scripts = [entry.fileName, ...entry.imports].filter((file) => !html.includes(file));
        return [...styles, ...scripts.map((file) => link("modulepreload", file))];
      },
    },
  };
}

function link(rel: string, file: string): HtmlTagDescriptor {
  return { tag: "link", attrs: { rel, crossorigin: true, href: `/${file}` }, injectTo: "head" };
}
