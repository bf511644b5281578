import { CircleAlert } from "lucide-react";
import { type CSSProperties, type ReactNode, useMemo, useState } from "react";
import type { Trace } from "../../runtime/protocol.ts";
import { Button } from "../design/button.tsx";
import { OptionList } from "../design/option-list.tsx";
import { showLogOf } from "../shell/ui-store.ts";
import { formatDuration } from "../utils/format-duration.ts";
import { requestLabel } from "../utils/request-label.ts";
import { waterfall, type WaterfallLine } from "../utils/waterfall.ts";
import styles from "./traces.module.css";

/** What happened to one request: its spans one below the other, each where it lies in time. */
export function TraceView({ trace }: { trace: Trace }): ReactNode {
  const { lines, total } = useMemo(() => waterfall(trace), [trace]);
  const numbered = useMemo(() => lines.map((line, index) => ({ line, key: String(index) })), [lines]);
  const [selected, setSelected] = useState("0");
  const chosen = lines[Number(selected)];
  return (
    <section className={styles.view} aria-label={`Trace of ${requestLabel(trace.requestId, trace)}`}>
      <div className={styles.summary}>
        <strong className={styles.label}>{requestLabel(trace.requestId, trace)}</strong>
        <span className={styles.status} data-class={Math.floor(trace.status / 100)}>
          {trace.status}
        </span>
        <span>{formatDuration(total)}</span>
        {trace.component !== undefined && <span className={styles.component}>{trace.component}</span>}
        <span className={styles.grow} />
        <Button look="quiet" onClick={() => showLogOf(trace.requestId)}>
          Log
        </Button>
      </div>
      {trace.failure !== undefined && (
        <p className={styles.failure} data-code={trace.failure.code}>
          <CircleAlert size={14} aria-hidden />
          {trace.failure.message}
        </p>
      )}
      <div className={styles.scale} aria-hidden>
        <span>0</span>
        <span>{formatDuration(total / 2)}</span>
        <span>{formatDuration(total)}</span>
      </div>
      <OptionList label="Spans" options={numbered} keyOf={({ key }) => key} selected={selected} onSelect={setSelected}>
        {({ line }) => <SpanRow line={line} />}
      </OptionList>
      {chosen !== undefined && <SpanDetail line={chosen} />}
    </section>
  );
}

function SpanRow({ line }: { line: WaterfallLine }): ReactNode {
  const { name, words, error, duration, left, width, inHandler, hue } = line;
  const place = { "--left": left, "--width": width, background: `var(--hue-${hue})` } as CSSProperties;
  return (
    <>
      <span className={styles.span} data-in={inHandler ? "" : undefined}>
        {error !== undefined && <CircleAlert size={12} role="img" aria-label="failed" />}
        <span>{name}</span> <span className={styles.words}>{words}</span>
      </span>
      <span className={styles.track} aria-hidden>
        <span className={styles.bar} style={place} data-failed={error === undefined ? undefined : ""} />
      </span>
      <span className={styles.figure}>{formatDuration(duration)}</span>
    </>
  );
}

/** All that the selected span says, which its line may have no room for. */
function SpanDetail({ line }: { line: WaterfallLine }): ReactNode {
  return (
    <div className={styles.detail} aria-live="polite">
      <p>
        <strong>{line.name}</strong> began at {formatDuration(line.at)} and took {formatDuration(line.duration)}
      </p>
      {line.words !== "" && <p className={styles.all}>{line.words}</p>}
      {line.error !== undefined && <p className={styles.error}>{line.error}</p>}
    </div>
  );
}
