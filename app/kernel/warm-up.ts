import type { PackProgress, Toolchain } from "../../toolchains/toolchain.ts";
import type { CheckedApplication } from "./check.ts";
import { buildCommand, sourceFiles, workdirOf } from "./components.ts";
import type { KernelDependencies } from "./dependencies.ts";
import type { FileContent } from "./file-content.ts";

/** Milliseconds after which an application that runs, but was not asked anything, counts as having answered. */
export const firstResponseWait = 3_000;

/** Gets the toolchains of the running application ready, so that the first edit is built fast. */
export interface WarmUp {
  /** An application runs; it may have answered already. */
  running(application: CheckedApplication, files: Readonly<Record<string, FileContent>>): void;
  /** Calls when the running application has answered, and the page is idle then. */
  readonly whenAnswered: (callback: () => void) => void;
  /** The application answered: from now on a download does not delay the first response. */
  answered(): void;
}

export function createWarmUp(
  { toolchains, whenIdle }: Pick<KernelDependencies, "toolchains" | "whenIdle">,
  onProgress: (progress: PackProgress | undefined) => void,
): WarmUp {
  let hasAnswered = false;
  let waiting: (() => void)[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const answered = (): void => {
    hasAnswered = true;
    clearTimeout(timer);
    const callbacks = waiting;
    waiting = [];
    for (const callback of callbacks) whenIdle(callback);
  };
  const whenAnswered = (callback: () => void): void => {
    waiting.push(callback);
    clearTimeout(timer);
    if (hasAnswered) answered();
    else timer = setTimeout(answered, firstResponseWait);
  };

  return {
    running(application, files) {
      whenAnswered(() => {
        prepareFor(toolchains, application, files, onProgress).catch(() => {
          // Nothing depends on it: the build that needs the pack fetches it again, and reports why it cannot.
        });
      });
    },
    whenAnswered,
    answered() {
      if (!hasAnswered) answered();
    },
  };
}

async function prepareFor(
  toolchains: KernelDependencies["toolchains"],
  { lockedApp }: CheckedApplication,
  files: Readonly<Record<string, FileContent>>,
  onProgress: (progress: PackProgress | undefined) => void,
): Promise<void> {
  const requests = lockedApp.components.flatMap((component) => {
    const command = buildCommand(component);
    return command === undefined
      ? []
      : [{ command, workdir: workdirOf(component), files: sourceFiles(lockedApp, files) }];
  });
  if (requests.length === 0) return;
  const loaded = await toolchains.load();
  const needed = (toolchain: Toolchain): boolean => requests.some((request) => toolchain.recognises(request));
  try {
    await Promise.all(loaded.toolchains.filter(needed).map((toolchain) => toolchain.prepare(onProgress)));
  } finally {
    onProgress(undefined);
  }
}
