import { X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useMemo } from "react";
import { useStudio } from "../kernel/store.ts";
import { useActions } from "../shell/actions-context.ts";
import { useFindings } from "../shell/use-findings.ts";
import { severityByFile } from "../utils/merge-diagnostics.ts";
import { baseName } from "../utils/path-tree.ts";
import styles from "./editor.module.css";

/** The open files. Arrow keys go from tab to tab, Delete closes one, so does the middle mouse button. */
export function EditorTabs(): ReactNode {
  const actions = useActions();
  const open = useStudio((state) => state.tabs.open);
  const active = useStudio((state) => state.tabs.active);
  const findings = useFindings();
  const severities = useMemo(() => severityByFile(findings), [findings]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number): void => {
    const path = open[index];
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = open[(index + step + open.length) % open.length];
    if (step !== 0 && next !== undefined) {
      event.preventDefault();
      actions.openFile(next);
      const tabs = event.currentTarget.closest('[role="tablist"]')?.querySelectorAll<HTMLElement>('[role="tab"]');
      tabs?.[(index + step + open.length) % open.length]?.focus();
    } else if (event.key === "Delete" && path !== undefined) {
      actions.closeTab(path);
    }
  };

  return (
    <div className={styles.tabs} role="tablist" aria-label="Open files">
      {open.map((path, index) => (
        <span key={path} className={styles.tab} data-active={path === active ? "" : undefined} role="presentation">
          <button
            type="button"
            role="tab"
            className={styles.tabName}
            aria-selected={path === active}
            tabIndex={path === active ? 0 : -1}
            title={path}
            data-severity={severities.get(path)}
            onClick={() => actions.openFile(path)}
            onAuxClick={(event) => event.button === 1 && actions.closeTab(path)}
            onKeyDown={(event) => onKeyDown(event, index)}
          >
            {baseName(path)}
          </button>
          <button
            type="button"
            className={styles.close}
            tabIndex={-1}
            aria-label={`Close ${path}`}
            title="Close"
            onClick={() => actions.closeTab(path)}
          >
            <X size={12} aria-hidden />
          </button>
        </span>
      ))}
    </div>
  );
}
