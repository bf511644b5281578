import { Switch } from "@base-ui/react/switch";
import type { ReactNode } from "react";
import { useStudio } from "../kernel/store.ts";
import { useActions } from "./actions-context.ts";
import styles from "./top-bar.module.css";

/** Whether an edit builds and reloads by itself. */
export function AutoRunSwitch(): ReactNode {
  const actions = useActions();
  const autoRun = useStudio((state) => state.autoRun);
  return (
    <label className={styles.autoRun} title="Build and reload after each edit">
      <span>Auto-run</span>
      <Switch.Root
        className={styles.switch}
        aria-label="Auto-run: build and reload after each edit"
        checked={autoRun}
        onCheckedChange={(on) => actions.setAutoRun(on)}
      >
        <Switch.Thumb className={styles.thumb} />
      </Switch.Root>
    </label>
  );
}
