import { Download, FileText, Package } from "lucide-react";
import type { ReactNode } from "react";
import { runCommand } from "../commands/commands.ts";
import { IconButton } from "../design/button.tsx";
import { EmptyState } from "../design/empty-state.tsx";
import field from "../design/field.module.css";
import panel from "../design/panel.module.css";
import { largestForWat } from "../kernel/studio-actions.ts";
import { uiStore, useUi } from "../shell/ui-store.ts";
import { useReport } from "../shell/use-report.ts";
import styles from "./components.module.css";
import { InspectionView } from "./inspection-view.tsx";
import { useComponentIds, useInspection } from "./use-inspection.ts";

/** Looks inside the components of the manifest: what they import and export, who made them, their WIT. */
export default function ComponentPanel(): ReactNode {
  const ids = useComponentIds();
  const chosen = useUi((state) => state.component);
  const id = chosen !== undefined && ids.includes(chosen) ? chosen : ids[0];
  const look = useInspection(id);
  const report = useReport();
  if (id === undefined) {
    return (
      <EmptyState>
        <Package size={20} strokeWidth={1.5} aria-hidden />
        <p>The components of spin.toml show here.</p>
      </EmptyState>
    );
  }
  const isSmall = look.state === "seen" && look.inspection.size <= largestForWat;
  return (
    <section className={panel.panel} aria-label="Components">
      <div className={panel.bar}>
        <select
          className={field.field}
          aria-label="Component"
          value={id}
          onChange={(event) => uiStore.setState({ component: event.target.value })}
        >
          {ids.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
        <span className={panel.spacer} />
        <IconButton
          label="Download the Wasm"
          disabled={look.state !== "seen"}
          onClick={() => report(runCommand("component.download", { component: id }))}
        >
          <Download size={14} aria-hidden />
        </IconButton>
        <IconButton
          label={
            isSmall || look.state !== "seen" ? "Download the text (WAT)" : "No text (WAT) is made of Wasm over 2 MiB"
          }
          disabled={!isSmall}
          onClick={() => report(runCommand("component.download-wat", { component: id }))}
        >
          <FileText size={14} aria-hidden />
        </IconButton>
      </div>
      <div className={panel.content} aria-busy={look.state === "looking"}>
        {look.state === "looking" && <p className={styles.note}>Looking inside {id}…</p>}
        {look.state === "failed" && (
          <p role="alert" className={`${field.fault} ${styles.note}`}>
            {look.fault}
          </p>
        )}
        {look.state === "seen" && <InspectionView inspection={look.inspection} />}
      </div>
    </section>
  );
}
