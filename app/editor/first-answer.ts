import type { StudioState } from "../kernel/state.ts";

/**
 * Whether there is no first answer of the application to wait for: nothing runs, or something is wrong. Until then the
 * network and the processor are left to that answer.
 */
export function hasNoAnswerToCome({ run, diagnostics, problem }: StudioState): boolean {
  return (
    run.phase === "stopped" ||
    run.phase === "failed" ||
    run.stale ||
    problem !== undefined ||
    diagnostics.some(({ severity }) => severity === "error")
  );
}
