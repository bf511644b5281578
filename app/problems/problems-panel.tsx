import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Diagnostic } from "../../runtime/diagnostic.ts";
import { EmptyState } from "../design/empty-state.tsx";
import panel from "../design/panel.module.css";
import { useActions } from "../shell/actions-context.ts";
import { showView } from "../shell/ui-store.ts";
import { useFindings } from "../shell/use-findings.ts";
import { placeOf } from "../utils/merge-diagnostics.ts";
import { FixButton } from "./fix-button.tsx";
import styles from "./problems.module.css";

/** Errors and warnings of the manifest, the build and the type checker; each leads to its place. */
export function ProblemsPanel(): ReactNode {
  const findings = useFindings();
  if (findings.length === 0) {
    return (
      <EmptyState>
        <CircleCheck size={20} strokeWidth={1.5} aria-hidden />
        <p>No problems in the manifest or the sources.</p>
      </EmptyState>
    );
  }
  return (
    <ul className={`${panel.content} ${styles.list}`} aria-label="Problems">
      {findings.map((finding, index) => (
        <li key={`${placeOf(finding)} ${finding.code} ${index}`}>
          <ProblemRow finding={finding} />
        </li>
      ))}
    </ul>
  );
}

function ProblemRow({ finding }: { finding: Diagnostic }): ReactNode {
  const actions = useActions();
  const { file, line, column } = finding;
  const Icon = finding.severity === "error" ? CircleAlert : TriangleAlert;
  const content = (
    <>
      <Icon size={14} role="img" aria-label={finding.severity} data-severity={finding.severity} />
      <span className={styles.message}>{finding.message}</span>
      <span className={styles.place}>{placeOf(finding)}</span>
    </>
  );
  if (file === undefined) return <div className={styles.row}>{content}</div>;
  const open = (): void => {
    actions.openFile(file, line === undefined ? undefined : { line, column: column ?? 1 });
    showView("editor");
  };
  return (
    <div className={styles.problem}>
      <button type="button" className={styles.row} data-code={finding.code} onClick={open}>
        {content}
      </button>
      <FixButton finding={finding} className={styles.fix} />
    </div>
  );
}
