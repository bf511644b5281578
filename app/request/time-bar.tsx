import type { ReactNode } from "react";
import type { Trace } from "../../runtime/protocol.ts";
import { formatDuration } from "../utils/format-duration.ts";
import { splitTime, type TimePart } from "../utils/time-split.ts";
import styles from "./request.module.css";

const meanings: Record<TimePart["name"], string> = {
  queue: "waiting for a free instance",
  instance: "making the instance",
  handler: "the component at work",
  other: "messages between the parts, and reading the body",
};

/** The time of a request as a bar, divided, with each part in words and figures below. */
export function TimeBar({ milliseconds, trace }: { milliseconds: number; trace: Trace | undefined }): ReactNode {
  const parts = splitTime(milliseconds, trace);
  return (
    <div className={styles.time}>
      <div className={styles.bar} aria-hidden>
        {parts
          .filter(({ duration }) => duration > 0)
          .map((part) => (
            <span key={part.name} data-part={part.name} style={{ flexGrow: part.share }} />
          ))}
      </div>
      <ul className={styles.legend} aria-label="Where the time went">
        {parts.map((part) => (
          <li key={part.name} title={meanings[part.name]}>
            <span className={styles.key} data-part={part.name} aria-hidden />
            {part.name} {formatDuration(part.duration)}
          </li>
        ))}
      </ul>
    </div>
  );
}
