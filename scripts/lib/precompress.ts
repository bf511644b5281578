import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

const compressible = new Set([".css", ".data", ".html", ".js", ".json", ".svg", ".wasm"]);
/** Below this size a response is one packet either way. */
const smallest = 1024;
/**
 * Above it the best quality takes many seconds for a few percent. Wasm is compressed too: a module of 14 MB becomes 3.2 MB,
 * and from localhost, where transfer costs nothing, Chromium loads and compiles it as fast as the plain one.
 */
const largestAtBestQuality = 512 * 1024;

/** Leaves a `.br` and a `.gz` sibling beside each file below a folder that gains from it. */
export async function precompress(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && compressible.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name));
  // Node compresses in its thread pool; four at a time keep it busy without holding all files in memory.
  const queue = files.values();
  await Promise.all(Array.from({ length: 4 }, () => compressAll(queue)));
}

async function compressAll(queue: Iterable<string>): Promise<void> {
  for (const file of queue) await compress(file);
}

async function compress(file: string): Promise<void> {
  const bytes = await readFile(file);
  if (bytes.length < smallest) return;
  const best = bytes.length <= largestAtBestQuality;
  const parameters = {
    [constants.BROTLI_PARAM_QUALITY]: best ? constants.BROTLI_MAX_QUALITY : 5,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const variants = {
    ".br": await brotli(bytes, { params: parameters }),
    ".gz": await gzipped(bytes, { level: best ? 9 : 6 }),
  };
  for (const [suffix, compressed] of Object.entries(variants)) {
    if (compressed.length < bytes.length * 0.95) await writeFile(file + suffix, compressed);
  }
}
