import type { RunState } from "../kernel/state.ts";
import { countDiagnostics } from "../utils/merge-diagnostics.ts";
import type { Diagnostic } from "../../runtime/diagnostic.ts";

export interface RunDescription {
  tone: "idle" | "busy" | "good" | "warning" | "bad";
  text: string;
}

/**
 * The run state in a few words, and the tone of the mark beside them. Type errors keep nothing from running.
 *
 * @param outdated See `isOutdated`.
 */
export function describeRun(run: RunState, findings: readonly Diagnostic[], outdated: boolean): RunDescription {
  const { errors } = countDiagnostics(findings);
  const kind = findings.every(({ severity, code }) => severity === "warning" || code.startsWith("ts-")) ? "type " : "";
  const faults = errors === 0 ? "" : `: ${errors} ${kind}${errors === 1 ? "error" : "errors"}`;
  if (run.phase === "building") return { tone: "busy", text: "Building" };
  if (run.phase === "starting") return { tone: "busy", text: "Starting" };
  if (run.phase === "failed") return { tone: "bad", text: `Not running${faults}` };
  if (run.phase === "stopped") return { tone: "idle", text: "Stopped" };
  if (run.phase === "idle") return { tone: "idle", text: "Opening" };
  if (run.stale) return { tone: "warning", text: `Last good build${faults}` };
  if (outdated) return { tone: "warning", text: "Edited: Run again" };
  return errors > 0 ? { tone: "warning", text: `Running${faults}` } : { tone: "good", text: "Running" };
}
