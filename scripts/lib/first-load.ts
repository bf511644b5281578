import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { enginePath, serviceWorkerPath } from "../../runtime/protocol.ts";

/** One file that is fetched before the page is usable. */
export interface LoadedFile {
  /** Path in the build's folder. */
  file: string;
  /** As sent to a browser that accepts brotli, in bytes. */
  transferred: number;
}

/**
 * The files that a browser fetches before the page is usable, read from the production build: both pages (studio and
 * engine) and the service worker, then whatever these load by themselves: scripts, style sheets, static imports, and
 * workers that a script of the engine starts. `import()` is not followed: that is what "later" means here.
 *
 * @param dist folder of the production build
 */
export async function firstLoad(dist: string): Promise<LoadedFile[]> {
  const sites = [
    { root: "studio", entry: "/index.html" },
    { root: "application", entry: `${enginePath}engine.html` },
    { root: "application", entry: serviceWorkerPath },
  ];
  const found = await Promise.all(sites.map(({ root, entry }) => loadedFrom(join(dist, root), entry)));
  return Promise.all(
    found.flat().map(async (file) => ({ file: file.slice(dist.length + 1), transferred: await transferredSize(file) })),
  );
}

async function loadedFrom(root: string, entry: string): Promise<string[]> {
  const seen = new Set<string>();
  const queue = [entry];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    if (!/\.(html|js)$/.test(path)) continue;
    const text = await readFile(join(root, path), "utf8");
    queue.push(
      ...references(text, path.endsWith(".html")).map((target) => new URL(target, `http://site${path}`).pathname),
    );
  }
  return [...seen].map((path) => join(root, path));
}

/** What a page or script of the build loads by itself, as written there. */
export function references(text: string, isPage: boolean): string[] {
  if (isPage) {
    const scripts = allMatches(text, /<script[^>]*\ssrc="([^"]+)"/g);
    const links = allMatches(text, /<link[^>]*\srel="(?:modulepreload|stylesheet)"[^>]*>/g, 0);
    return [...scripts, ...links.flatMap((link) => allMatches(link, /\shref="([^"]+)"/g))];
  }
  // The bundler writes static imports at the top, with a relative path, and workers as `new Worker(new URL(…`.
  return [
    ...allMatches(text, /\b(?:import|from)\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g),
    ...allMatches(text, /new Worker\(\s*new URL\(\s*["'`]([^"'`]+\.js)["'`]/g),
  ];
}

function allMatches(text: string, pattern: RegExp, group = 1): string[] {
  return [...text.matchAll(pattern)].flatMap((match) => match[group] ?? []);
}

async function transferredSize(file: string): Promise<number> {
  const found = await stat(`${file}.br`).catch((error: NodeJS.ErrnoException) => {
    // Small files have no compressed sibling, and are sent as they are.
    if (error.code !== "ENOENT") throw error;
    return stat(file);
  });
  return found.size;
}
