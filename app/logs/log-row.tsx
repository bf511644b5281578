import { ChartGantt } from "lucide-react";
import { memo, type ReactNode } from "react";
import type { Diagnostic } from "../../runtime/diagnostic.ts";
import type { LogLine } from "../../runtime/protocol.ts";
import { IconButton } from "../design/button.tsx";
import { FixButton } from "../problems/fix-button.tsx";
import { formatTimeOfDay } from "../utils/format-duration.ts";
import { componentHue } from "../utils/log-filter.ts";
import styles from "./logs.module.css";

interface LogRowProps {
  line: LogLine;
  /** The line's request in words; `undefined` where the line above has told it, or there is none. */
  request: string | undefined;
  /** What the line says can be done, where something can. */
  finding: Diagnostic | undefined;
  onComponent: (component: string) => void;
  /** Narrows the log to one request. */
  onRequest: (requestId: string) => void;
  /** Shows where the time of a request went. */
  onTrace: (requestId: string) => void;
}

/** One line: when, which component, what it says, and for which request. */
export const LogRow = memo(function LogRow(props: LogRowProps): ReactNode {
  const { line, request, finding, onComponent, onRequest, onTrace } = props;
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
      {finding !== undefined && <FixButton finding={finding} className={styles.fix} />}
      {request !== undefined && (
        <>
          <button
            type="button"
            className={styles.request}
            title={`Show the lines of this request alone: ${request}`}
            onClick={() => onRequest(line.requestId)}
          >
            {request}
          </button>
          <IconButton
            label={`Show the trace of ${request}`}
            className={styles.trace}
            onClick={() => onTrace(line.requestId)}
          >
            <ChartGantt size={13} aria-hidden />
          </IconButton>
        </>
      )}
    </div>
  );
});
