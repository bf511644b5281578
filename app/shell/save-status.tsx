import type { ReactNode } from "react";
import { useStudio } from "../kernel/store.ts";
import styles from "./top-bar.module.css";

/** Whether the last change is kept. Says something only while it is not. */
export function SaveStatus(): ReactNode {
  const saved = useStudio((state) => state.workspace.saved);
  if (saved === "saved") return undefined;
  return (
    <span className={styles.saved} data-failed={saved === "failed" ? "" : undefined}>
      {saved === "saving" ? "Saving" : "Not saved"}
    </span>
  );
}
