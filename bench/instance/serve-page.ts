import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createReadStream } from "node:fs";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { build } from "vite";

const types: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

/**
 * Builds the page of this measurement into a folder, puts files beside it, and serves the folder at the address given to
 * `use`. It has a server of its own, since it is no part of what the project ships.
 */
export async function withInstancePage<T>(
  folder: string,
  files: Record<string, Uint8Array>,
  use: (url: string) => Promise<T>,
): Promise<T> {
  await build({
    configFile: false,
    root: import.meta.dirname,
    // Its warnings are of how the engine's modules fall into files, which is of no interest here.
    logLevel: "error",
    worker: {
      format: "es",
      // As in vite.engine.config.ts: what jco-transpile brings that a bundler need not know.
      rolldownOptions: { checks: { moduleLevelDirective: false }, external: ["node:fs/promises"] },
    },
    build: { outDir: folder, emptyOutDir: true, target: "esnext", reportCompressedSize: false, minify: true },
  });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = pathname === "/" ? "/index.html" : pathname;
    response.setHeader("content-type", types[extname(path)] ?? "application/octet-stream");
    createReadStream(join(folder, path))
      .on("error", () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
