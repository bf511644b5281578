import { Progress } from "@base-ui/react/progress";
import type { ReactNode } from "react";
import { useStudio } from "../kernel/store.ts";
import { describeProgress } from "./describe-progress.ts";
import styles from "./pack-progress-bar.module.css";

/** How far a toolchain is, in the bar at the top; takes no room from anything else. There only while one is fetched. */
export function PackProgressBar(): ReactNode {
  const progress = useStudio((state) => state.packProgress);
  if (progress === undefined) return undefined;
  const { text, percent } = describeProgress(progress);
  return (
    <Progress.Root className={styles.progress} value={percent ?? null}>
      <Progress.Label className={styles.label}>{text}</Progress.Label>
      <Progress.Track className={styles.track}>
        <Progress.Indicator className={styles.indicator} />
      </Progress.Track>
    </Progress.Root>
  );
}
