import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";

/**
 * Runs `npm ci` when node_modules does not hold what package-lock.json asks for. Ends the program when that fails.
 * npm's own record of an installation tells: node_modules/.package-lock.json.
 */
export async function ensureDependencies() {
  const wanted = await readPackages("package-lock.json");
  const installed = await readPackages("node_modules/.package-lock.json");
  if (wanted && installed && !isOutOfDate(wanted, installed)) return;

  console.log(`${installed ? "Updating" : "Installing"} dependencies (npm ci) …`);
  const begin = performance.now();
  const command = ["ci", "--include=dev", "--no-fund", "--no-audit", "--loglevel=error"];
  const npm = process.env["npm_execpath"];
  const { status, error } = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, ...command], { stdio: ["ignore", "inherit", "inherit"] })
    : spawnSync("npm", command, { stdio: ["ignore", "inherit", "inherit"], shell: process.platform === "win32" });
  if (error || status !== 0) {
    console.error(`npm ci failed${error ? `: ${error.message}` : ` with exit code ${status}`}.`);
    process.exit(1);
  }
  console.log(`Installed dependencies in ${((performance.now() - begin) / 1000).toFixed(1)} s.`);
}

/**
 * @typedef {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} Packages by folder
 * @param {string} file a lock file of npm, version 2 or 3
 * @returns {Promise<Packages | undefined>} undefined when there is none that can be read
 */
async function readPackages(file) {
  try {
    const { packages } = JSON.parse(await readFile(file, "utf8"));
    return packages;
  } catch {
    // Missing or cut short: either way the installation has to be made anew.
    return undefined;
  }
}

/**
 * @param {Packages} wanted
 * @param {Packages} installed
 */
export function isOutOfDate(wanted, installed) {
  return Object.entries(wanted).some(([folder, { version, optional, devOptional }]) => {
    if (folder === "") return false;
    const found = installed[folder];
    // npm leaves out optional packages that are for another platform.
    return found ? found.version !== version : !(optional || devOptional);
  });
}
