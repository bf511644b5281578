import { build } from "vite";

/** The part of a bundler's watcher that is used here. */
interface Watcher {
  on(
    name: "event",
    listener: (event: { code: string; error?: unknown; result?: { close(): Promise<void> } }) => void,
  ): void;
}

/**
 * Builds with a Vite configuration into another folder, unminified with source maps, and again at each change.
 * A build that fails is reported; the last good one stays.
 *
 * @param onRebuilt called after each later build that succeeded
 * @returns when the first build is there, or has failed
 */
export async function watchBuild(configFile: string, outDir: string, onRebuilt: () => void): Promise<void> {
  const watcher = (await build({
    configFile,
    logLevel: "warn",
    mode: "development",
    build: { outDir, minify: false, sourcemap: "inline", watch: {} },
  })) as unknown as Watcher;

  return new Promise((resolve) => {
    let first = true;
    let failed = false;
    watcher.on("event", (event) => {
      if (event.code === "START") failed = false;
      if (event.code === "BUNDLE_END") void event.result?.close();
      if (event.code === "ERROR") {
        failed = true;
        console.error(event.error);
      }
      if (event.code !== "END" && event.code !== "ERROR") return;
      if (first) resolve();
      else if (!failed) onRebuilt();
      first = false;
    });
  });
}
