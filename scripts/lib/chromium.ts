import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { command } from "./step.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** What Chromium is started with in tests and in the bench: no sandbox as root in containers, nothing in the background. */
export const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The Chromium on PATH, if there is one; otherwise Playwright has to have its own. */
export function findChromium(): string | undefined {
  return findProgram(names);
}

/**
 * Installs Chromium when there is none on PATH: Debian's package where that is possible, else Playwright's own.
 *
 * @throws CommandError when that fails
 */
export async function ensureChromium(): Promise<void> {
  if (findChromium()) return;
  if (process.getuid?.() === 0 && findProgram(["apt-get"])) {
    try {
      await command("apt-get", ["update"]);
      await command("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], {
        environment: { DEBIAN_FRONTEND: "noninteractive" },
      });
    } catch (error) {
      // A distribution without the package, or without a network for packages: Playwright's build may still be had.
      console.log(`apt-get has no Chromium to give: ${(error as Error).message.trim().split("\n").at(-1)}`);
    }
    if (findChromium()) return;
  }
  await command("playwright", ["install", "chromium"]);
}

function findProgram(candidates: string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return candidates.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not for us: the next candidate may be.
    return false;
  }
}
