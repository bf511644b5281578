import { type Check, checkedFiles, type CheckedApplication } from "./check.ts";
import type { FileContent } from "./file-content.ts";
import type { Findings } from "./findings.ts";
import type { StudioStore } from "./store.ts";

/** Checks the manifest of a workspace that is edited and not run, so that its faults show while the person types. */
export interface DraftCheck {
  /** The workspace changed; the check follows after a pause in milliseconds, unless another change comes before. */
  edited(pause: number): void;
  /** A round begins, which checks for itself. */
  cancel(): void;
}

export interface DraftCheckContext {
  readonly store: StudioStore;
  check(files: Readonly<Record<string, FileContent>>): Promise<Check>;
  readonly findings: Findings;
  /** Called with each application that was found right. */
  onChecked?(application: CheckedApplication): void;
}

export function createDraftCheck(context: DraftCheckContext): DraftCheck {
  const { store, findings } = context;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let newest = 0;

  const run = async (): Promise<void> => {
    const mine = ++newest;
    const result = await context.check(store.getState().workspace.files);
    if (mine !== newest) return;
    if (result.ok) context.onChecked?.(result.application);
    findings.recheck(checkedFiles, result.ok ? result.warnings : result.diagnostics);
  };
  const cancel = (): void => {
    clearTimeout(timer);
    newest++;
  };

  return {
    edited(pause) {
      cancel();
      timer = setTimeout(() => {
        run().catch((error: unknown) => console.error("The manifest could not be checked:", error));
      }, pause);
    },
    cancel,
  };
}
