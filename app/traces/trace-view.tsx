import { CircleAlert } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { Trace } from "../../runtime/protocol.ts";
import { Button } from "../design/button.tsx";
import { OptionList } from "../design/option-list.tsx";
import { showLogOf } from "../shell/ui-store.ts";
import { formatDuration } from "../utils/format-duration.ts";
import { requestLabel } from "../utils/request-label.ts";
import { waterfall } from "../utils/waterfall.ts";
import { SpanDetail, SpanRow } from "./span-row.tsx";
import styles from "./traces.module.css";

/** What happened to one request: its spans one below the other, each where it lies in time. */
export function TraceView({ trace }: { trace: Trace }): ReactNode {
  const { lines, total } = useMemo(() => waterfall(trace), [trace]);
  const [withCalls, setWithCalls] = useState(true);
  const [selected, setSelected] = useState("0");
  const shown = useMemo(
    () =>
      lines
        .map((line, index) => ({ line, key: String(index) }))
        .filter(({ line }) => withCalls || line.kind !== "host-call"),
    [lines, withCalls],
  );
  const chosen = shown.find(({ key }) => key === selected)?.line;
  const calls = lines.filter(({ kind }) => kind === "host-call").length;
  const dropped = trace.hostCalls?.dropped ?? 0;
  const label = requestLabel(trace.requestId, trace);

  return (
    <section className={styles.view} aria-label={`Trace of ${label}`}>
      <div className={styles.summary}>
        <strong className={styles.label} title={label}>
          {label}
        </strong>
        <span className={styles.status} data-class={Math.floor(trace.status / 100)}>
          {trace.status}
        </span>
        <span>{formatDuration(total)}</span>
        {trace.component !== undefined && <span className={styles.component}>{trace.component}</span>}
        <span className={styles.grow} />
        {calls > 0 && (
          <Button look="quiet" aria-pressed={withCalls} onClick={() => setWithCalls(!withCalls)}>
            Host calls ({calls + dropped})
          </Button>
        )}
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
      <OptionList label="Spans" options={shown} keyOf={({ key }) => key} selected={selected} onSelect={setSelected}>
        {({ line }) => <SpanRow line={line} />}
      </OptionList>
      {withCalls && dropped > 0 && (
        <p className={styles.dropped}>
          {dropped} more host calls are not kept: a request keeps its first {calls} (limit hostCallSpans).
        </p>
      )}
      {chosen !== undefined && <SpanDetail line={chosen} />}
    </section>
  );
}
