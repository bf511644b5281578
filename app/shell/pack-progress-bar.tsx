import { Progress } from "@base-ui/react/progress";
import type { ReactNode } from "react";
import { useStudio } from "../kernel/store.ts";
import { formatBytes } from "../utils/format-bytes.ts";
import styles from "./pack-progress-bar.module.css";

/** How far the download of a toolchain is; there only while one goes on. */
export function PackProgressBar(): ReactNode {
  const progress = useStudio((state) => state.packProgress);
  if (progress === undefined) return undefined;
  const { pack, loaded, total } = progress;
  const amount = total > 0 ? `${formatBytes(loaded)} of ${formatBytes(total)}` : formatBytes(loaded);
  return (
    <Progress.Root className={styles.progress} value={total > 0 ? Math.min(100, (100 * loaded) / total) : null}>
      <Progress.Label>Fetching the {pack} toolchain</Progress.Label>
      <span>{amount}</span>
      <Progress.Track className={styles.track}>
        <Progress.Indicator className={styles.indicator} />
      </Progress.Track>
    </Progress.Root>
  );
}
