import { CircleAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Diagnostic } from "../../runtime/diagnostic.ts";
import { Button } from "../design/button.tsx";
import { isOutdated } from "../kernel/outdated.ts";
import { useStudio } from "../kernel/store.ts";
import { useActions } from "../shell/actions-context.ts";
import { RunNowButton } from "../shell/run-button.tsx";
import { showPanel, showVariable, showView } from "../shell/ui-store.ts";
import { FixButton } from "../problems/fix-button.tsx";
import { firstLine, placeOf } from "../utils/merge-diagnostics.ts";
import styles from "./preview.module.css";

/** Why the preview does not show what the files say, or what the application was refused: one message, and the way to it. */
export function PreviewNotice(): ReactNode {
  const actions = useActions();
  const { phase, stale } = useStudio((state) => state.run);
  const autoRun = useStudio((state) => state.autoRun);
  const outdated = useStudio(isOutdated);
  const diagnostics = useStudio((state) => state.diagnostics);
  const missing = useStudio((state) => state.missingVariables?.names[0]);
  const error = diagnostics.find(({ severity }) => severity === "error");
  const denied = diagnostics.find(({ code }) => code === "outbound-denied" || code === "store-denied");
  const failed = stale || phase === "failed";
  const finding = failed ? error : denied;
  if (finding === undefined && !stale && !outdated) return undefined;

  const show = ({ file, line, column }: Diagnostic): void => {
    if (file === undefined) return showPanel("problems");
    actions.openFile(file, line === undefined ? undefined : { line, column: column ?? 1 });
    showView("editor");
  };
  const Icon = failed ? CircleAlert : TriangleAlert;

  return (
    <div role="status" className={styles.notice} data-tone={failed ? "error" : "warning"} data-code={finding?.code}>
      <Icon size={15} aria-hidden />
      <div className={styles.words}>
        {stale && <p>The last good build is shown.{!autoRun && " Run builds again."}</p>}
        {outdated && <p>The files were edited after this was built: Run again.</p>}
        {finding !== undefined && (
          <p>
            {failed && placeOf(finding) !== "" && <code>{placeOf(finding)}</code>}{" "}
            {failed ? firstLine(finding.message) : finding.message}
          </p>
        )}
      </div>
      {(outdated || (stale && !autoRun)) && <RunNowButton look="plain" />}
      {finding?.code === "missing-variable" && missing !== undefined && (
        <Button onClick={() => showVariable(missing)}>Give values</Button>
      )}
      {finding !== undefined && <FixButton finding={finding} />}
      {finding !== undefined && (
        <Button look="quiet" onClick={() => show(finding)}>
          {finding.file === undefined ? "Show problems" : `Open ${finding.file.split("/").at(-1) ?? ""}`}
        </Button>
      )}
    </div>
  );
}
