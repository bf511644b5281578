import { CircleAlert } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import { formatDuration } from "../utils/format-duration.ts";
import type { WaterfallLine } from "../utils/waterfall.ts";
import styles from "./traces.module.css";

/** One span: its name, its bar where it lies in time, and how long it took. */
export function SpanRow({ line }: { line: WaterfallLine }): ReactNode {
  const { kind, title, words, error, duration, left, width, level } = line;
  return (
    <>
      <span className={styles.span} style={{ "--level": level } as CSSProperties}>
        {error !== undefined && <CircleAlert size={12} role="img" aria-label="failed" />}
        <span className={styles.title}>{title}</span> <span className={styles.words}>{words}</span>
      </span>
      <span className={styles.track} aria-hidden>
        <span
          className={styles.bar}
          data-kind={kind}
          data-failed={error === undefined ? undefined : ""}
          style={{ "--left": left, "--width": width } as CSSProperties}
        />
      </span>
      <span className={styles.figure}>{formatDuration(duration)}</span>
    </>
  );
}

/** All that the selected span says, which its line may have no room for. */
export function SpanDetail({ line }: { line: WaterfallLine }): ReactNode {
  const { title, words, error, at, duration } = line;
  return (
    <div className={styles.detail} role="status" aria-label="Selected span">
      <p>
        <strong>{title}</strong> began at {formatDuration(at)} and took {formatDuration(duration)}
      </p>
      {words !== "" && <p className={styles.all}>{words}</p>}
      {error !== undefined && <p className={styles.error}>{error}</p>}
    </div>
  );
}
