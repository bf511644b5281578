import type { ReactNode } from "react";
import styles from "./panel.module.css";

/** What a panel shows while it has nothing to show, and why. */
export function EmptyState({ children }: { children: ReactNode }): ReactNode {
  return <div className={styles.empty}>{children}</div>;
}
