import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { useStudio } from "../kernel/store.ts";
import { AutoRunSwitch } from "./auto-run-switch.tsx";
import { RunButton } from "./run-button.tsx";
import { RunStatus } from "./run-status.tsx";
import { SaveStatus } from "./save-status.tsx";
import { TemplateMenu } from "./template-menu.tsx";
import { ThemeMenu } from "./theme-menu.tsx";
import styles from "./top-bar.module.css";

/** Name, run state and the actions on the whole application. */
export function TopBar({ narrow }: { narrow: boolean }): ReactNode {
  const application = useStudio((state) => state.run.application);
  return (
    <header className={styles.bar}>
      <h1 className={styles.brand}>
        {!narrow && <span className={styles.product}>Spin Playground</span>}
        <span className={styles.name} title="The application's name">
          {application?.name ?? (narrow ? "Spin Playground" : "")}
        </span>
      </h1>
      <RunButton />
      <RunStatus />
      <span className={styles.spacer} />
      {!narrow && <SaveStatus />}
      {application !== undefined && !narrow && (
        <a className={styles.address} href={application.url} target="_blank" rel="noreferrer">
          <span>{application.url.replace(/^https?:\/\//, "")}</span>
          <ExternalLink size={12} aria-label="opens in a new tab" />
        </a>
      )}
      <AutoRunSwitch />
      <TemplateMenu narrow={narrow} />
      <ThemeMenu />
    </header>
  );
}
