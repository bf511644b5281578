import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../node_modules/.cache/guests");
const compiler = createRequire(import.meta.url);

/**
 * A component that is made of `sources` and by these tools only, kept between runs: loading a compiler of 100 MB in every
 * process of every test costs more than the tests.
 */
export async function keptGuest(
  sources: Readonly<Record<string, string>>,
  build: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const tools = await Promise.all(["@yowasp/clang", "@bytecodealliance/jco-transpile"].map(versionOf));
  const key = createHash("sha256")
    .update(JSON.stringify([sources, tools]))
    .digest("hex");
  const file = join(folder, `${key}.wasm`);
  const kept = await readFile(file).catch(() => undefined);
  if (kept) return new Uint8Array(kept);
  const made = await build();
  await mkdir(folder, { recursive: true });
  // Renamed, so that another process never finds a part of it.
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, made);
  await rename(temporary, file);
  return made;
}

async function versionOf(name: string): Promise<string> {
  const paths = compiler.resolve.paths(name) ?? [];
  for (const path of paths) {
    const text = await readFile(join(path, name, "package.json"), "utf8").catch(() => undefined);
    if (text !== undefined) return (JSON.parse(text) as { version: string }).version;
  }
  throw new Error(`${name} is not installed.`);
}
