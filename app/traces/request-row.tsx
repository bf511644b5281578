import type { ReactNode } from "react";
import type { Trace } from "../../runtime/protocol.ts";
import { formatDuration, formatTimeOfDay } from "../utils/format-duration.ts";
import { pathOfUrl } from "../utils/request-path.ts";
import { traceDuration } from "../utils/time-split.ts";
import styles from "./traces.module.css";

/** One request: status, method, path, how long it took, and when it came. */
export function RequestRow({ trace }: { trace: Trace }): ReactNode {
  const { status, method, url, start } = trace;
  return (
    <>
      <span className={styles.status} data-class={Math.floor(status / 100)}>
        {status}
      </span>
      <span className={styles.method}>{method}</span>
      <span className={styles.path} title={pathOfUrl(url)}>
        {pathOfUrl(url)}
      </span>
      <span className={styles.figure}>{formatDuration(traceDuration(trace))}</span>
      <time className={styles.when} dateTime={new Date(start).toISOString()} title={formatTimeOfDay(start)}>
        {formatTimeOfDay(start).slice(0, "00:00:00".length)}
      </time>
    </>
  );
}
