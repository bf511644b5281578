import type { StudioState } from "../kernel/state.ts";

/**
 * Whether the application has shown what it does, or cannot: an answer was given, nothing runs, or something is wrong.
 * Until then the network and the processor are left to its first answer.
 */
export function hadFirstOutcome({ traces, run, diagnostics, problem }: StudioState): boolean {
  return (
    traces.length > 0 ||
    run.phase === "stopped" ||
    run.phase === "failed" ||
    run.stale ||
    problem !== undefined ||
    diagnostics.some(({ severity }) => severity === "error")
  );
}
