import type { ReactNode } from "react";
import { useStudio } from "../kernel/store.ts";
import { AutoRunSwitch } from "./auto-run-switch.tsx";
import { OpenMenu } from "./open-menu.tsx";
import { PackProgressBar } from "./pack-progress-bar.tsx";
import { RunButton } from "./run-button.tsx";
import { RunStatus } from "./run-status.tsx";
import { SaveStatus } from "./save-status.tsx";
import { TemplateMenu } from "./template-menu.tsx";
import { ThemeMenu } from "./theme-menu.tsx";
import styles from "./top-bar.module.css";

/** Name, run state and the actions on the whole application. */
export function TopBar({ narrow }: { narrow: boolean }): ReactNode {
  const name = useStudio((state) => state.run.application?.name);
  return (
    <header className={styles.bar}>
      <h1 className={narrow ? "visually-hidden" : styles.brand}>
        <span className={styles.product}>Spin Playground</span>
        {name !== undefined && (
          <span className={styles.name} title="The application's name">
            {name}
          </span>
        )}
      </h1>
      <RunButton />
      <RunStatus />
      <PackProgressBar />
      <span className={styles.spacer} />
      <SaveStatus />
      <AutoRunSwitch />
      <OpenMenu narrow={narrow} />
      <TemplateMenu narrow={narrow} />
      <ThemeMenu />
    </header>
  );
}
