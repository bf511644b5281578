import { Info, X } from "lucide-react";
import type { ReactNode } from "react";
import { runCommand } from "../commands/commands.ts";
import { Button, IconButton } from "../design/button.tsx";
import { useStudio } from "../kernel/store.ts";
import { useActions } from "./actions-context.ts";
import { useReport } from "./use-report.ts";
import styles from "./notice-banner.module.css";

/** What was done with files that the person gave, and the way back. */
export function NoticeBanner(): ReactNode {
  const notice = useStudio((state) => state.notice);
  const actions = useActions();
  const report = useReport();
  if (notice === undefined) return undefined;
  return (
    <div role="status" className={styles.banner} aria-label="What was opened">
      <Info size={15} aria-hidden />
      <p>{notice.message}</p>
      {notice.canUndo && <Button onClick={() => report(runCommand("workspace.undo"))}>Undo</Button>}
      <IconButton label="Dismiss" onClick={() => actions.dismissNotice()}>
        <X size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
