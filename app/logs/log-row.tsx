import { memo, type ReactNode } from "react";
import type { LogLine } from "../../runtime/protocol.ts";
import { formatTimeOfDay } from "../utils/format-duration.ts";
import { componentHue } from "../utils/log-filter.ts";
import styles from "./logs.module.css";

interface LogRowProps {
  line: LogLine;
  /** Narrows the log to one request. */
  onRequest: (requestId: string) => void;
}

/** One line: when, which component and request, and what it says. */
export const LogRow = memo(function LogRow({ line, onRequest }: LogRowProps): ReactNode {
  return (
    <div className={styles.row} data-stream={line.stream}>
      <time className={styles.time} dateTime={new Date(line.time).toISOString()}>
        {formatTimeOfDay(line.time)}
      </time>
      <button
        type="button"
        className={styles.component}
        style={{ color: `var(--hue-${componentHue(line.component)})` }}
        title={`Show request ${line.requestId} alone`}
        onClick={() => onRequest(line.requestId)}
      >
        {line.component}
      </button>
      <span className={styles.text}>
        {line.stream !== "stdout" && <span className="visually-hidden">{line.stream}: </span>}
        {line.text}
      </span>
    </div>
  );
});
