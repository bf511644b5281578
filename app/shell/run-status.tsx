import type { ReactNode } from "react";
import { isOutdated } from "../kernel/outdated.ts";
import { useStudio } from "../kernel/store.ts";
import { countDiagnostics } from "../utils/merge-diagnostics.ts";
import { describeRun } from "./describe-run.ts";
import { showPanel } from "./ui-store.ts";
import { useFindings } from "./use-findings.ts";
import styles from "./top-bar.module.css";

/** The run state in words, announced when it changes. With errors it leads to the problems. */
export function RunStatus(): ReactNode {
  const run = useStudio((state) => state.run);
  const findings = useFindings();
  const { tone, text } = describeRun(run, findings, useStudio(isOutdated));
  const content = (
    <>
      <span className={styles.mark} data-tone={tone} aria-hidden />
      <span>{text}</span>
    </>
  );
  return (
    <div role="status" aria-live="polite" className={styles.status} data-testid="run-status" data-phase={run.phase}>
      {countDiagnostics(findings).errors > 0 ? (
        <button type="button" className={styles.status} title="Show the problems" onClick={() => showPanel("problems")}>
          {content}
        </button>
      ) : (
        content
      )}
    </div>
  );
}
