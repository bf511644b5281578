import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Everything that the production build is made of. */
const inputs = [
  "app",
  "embed",
  "index.html",
  "package-lock.json",
  "public",
  "runtime",
  "scripts/lib",
  "service-worker",
  "templates",
  "toolchains",
  "tsconfig.json",
  "vite.config.ts",
  "vite.engine.config.ts",
  "vite.service-worker.config.ts",
];

export interface BuildStamp {
  /** Whether the build in the folder was made from the inputs as they are now. */
  isCurrent: boolean;
  /** Marks the build in the folder as made from the inputs as they were when the stamp was taken. */
  write(): Promise<void>;
}

/** @param folder of the build */
export async function buildStamp(folder: string): Promise<BuildStamp> {
  const file = join(folder, "stamp");
  const digest = await inputDigest();
  return {
    isCurrent: (await read(file)) === digest,
    write: async () => {
      await mkdir(folder, { recursive: true });
      await writeFile(file, digest);
    },
  };
}

async function inputDigest(): Promise<string> {
  const hash = createHash("sha256");
  for (const file of (await Promise.all(inputs.map(filesBelow))).flat().sort()) {
    hash.update(`${file}\n`);
    // Packs are large, and rewritten only when they changed.
    if (file.startsWith(join("public", "packs"))) {
      const { size, mtimeMs } = await stat(file);
      hash.update(`${size} ${mtimeMs}\n`);
    } else {
      hash.update(await readFile(file));
    }
  }
  return hash.digest("hex");
}

async function filesBelow(path: string): Promise<string[]> {
  const found = await stat(path).catch(ifMissing);
  if (!found) return [];
  if (!found.isDirectory()) return isInput(path) ? [path] : [];
  const names = await readdir(path);
  return (
    await Promise.all(names.filter((name) => name !== "node_modules").map((name) => filesBelow(join(path, name))))
  ).flat();
}

function isInput(path: string): boolean {
  return !/\.(test|bench)\.tsx?$/.test(path);
}

async function read(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(ifMissing);
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
