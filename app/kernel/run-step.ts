import { invariant } from "../../runtime/errors.ts";

/**
 * What the run loop is doing.
 *
 * ```
 * resting ──edit──▶ waiting ──pause over──▶ checking ──▶ building ──▶ deploying ──▶ resting
 *    └──────────────────────run──────────────▲              any step: a newer edit, run, stop, or a failure
 * ```
 */
export type RunStep = "resting" | "waiting" | "checking" | "building" | "deploying";

const next: Record<RunStep, readonly RunStep[]> = {
  resting: ["waiting", "checking"],
  waiting: ["waiting", "checking", "resting"],
  checking: ["building", "waiting", "checking", "resting"],
  building: ["deploying", "waiting", "checking", "resting"],
  deploying: ["waiting", "checking", "resting"],
};

/** The step after `from`; a step that cannot follow is a fault of the loop. */
export function advance(from: RunStep, to: RunStep): RunStep {
  invariant(
    from === to && to === "resting" ? true : next[from].includes(to),
    `The run loop cannot go from ${from} to ${to}.`,
  );
  return to;
}
