import { memo, type ReactNode } from "react";
import type { LogLine } from "../../runtime/protocol.ts";
import { formatTimeOfDay } from "../utils/format-duration.ts";
import { componentHue } from "../utils/log-filter.ts";
import styles from "./logs.module.css";

interface LogRowProps {
  line: LogLine;
  /** The line's request in words; `undefined` where the line above has told it, or there is none. */
  request: string | undefined;
  onComponent: (component: string) => void;
  /** Narrows the log to one request. */
  onRequest: (requestId: string) => void;
}

/** One line: when, which component, what it says, and for which request. */
export const LogRow = memo(function LogRow({ line, request, onComponent, onRequest }: LogRowProps): ReactNode {
  return (
    <div className={styles.row} data-stream={line.stream}>
      <time className={styles.time} dateTime={new Date(line.time).toISOString()}>
        {formatTimeOfDay(line.time)}
      </time>
      {line.component === "" ? (
        <span className={styles.component}>engine</span>
      ) : (
        <button
          type="button"
          className={styles.component}
          style={{ color: `var(--hue-${componentHue(line.component)})` }}
          title={`Show the lines of ${line.component} alone`}
          onClick={() => onComponent(line.component)}
        >
          {line.component}
        </button>
      )}
      <span className={styles.text}>
        {line.stream !== "stdout" && <span className="visually-hidden">{line.stream}: </span>}
        {line.text}
      </span>
      {request !== undefined && (
        <button
          type="button"
          className={styles.request}
          title={`Show the lines of this request alone: ${request}`}
          onClick={() => onRequest(line.requestId)}
        >
          {request}
        </button>
      )}
    </div>
  );
});
