import { ChartGantt } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { EmptyState } from "../design/empty-state.tsx";
import field from "../design/field.module.css";
import { OptionList } from "../design/option-list.tsx";
import panel from "../design/panel.module.css";
import { traceLimit } from "../kernel/engine-events.ts";
import { useStudio } from "../kernel/store.ts";
import { uiStore, useUi } from "../shell/ui-store.ts";
import { listTraces, outermostTrace } from "../utils/waterfall.ts";
import { RequestRow } from "./request-row.tsx";
import { TraceView } from "./trace-view.tsx";
import styles from "./traces.module.css";

/** The newest requests to the application, whoever made them, and where the time of one of them went. */
export default function TracePanel(): ReactNode {
  const traces = useStudio((state) => state.traces);
  const chosen = useUi((state) => state.trace);
  const [text, setText] = useState("");
  const shown = useMemo(() => listTraces(traces, text), [traces, text]);
  // Until one is chosen it is the newest.
  const trace = chosen === undefined ? shown[0] : outermostTrace(traces, chosen);

  if (traces.length === 0) {
    return (
      <EmptyState>
        <ChartGantt size={20} strokeWidth={1.5} aria-hidden />
        <p>
          Each request shows here once it is answered: those of the preview, of other tabs and of the Request panel.
        </p>
      </EmptyState>
    );
  }
  return (
    <section className={panel.panel} aria-label="Traces">
      <div className={panel.bar}>
        <input
          className={field.field}
          type="search"
          placeholder="Filter requests"
          aria-label="Filter requests"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <span className={styles.count}>
          {traces.length < traceLimit ? count(traces.length) : `The newest ${traceLimit} requests`}
        </span>
      </div>
      <div className={styles.columns}>
        {shown.length === 0 ? (
          <EmptyState>
            <p>No request passes the filter.</p>
          </EmptyState>
        ) : (
          <OptionList
            label="Requests"
            options={shown}
            keyOf={({ requestId }) => requestId}
            selected={trace?.requestId}
            onSelect={(requestId) => uiStore.setState({ trace: requestId })}
          >
            {(one) => <RequestRow trace={one} />}
          </OptionList>
        )}
        {trace === undefined ? (
          <EmptyState>
            <p>{chosen === undefined ? "" : "That request is not over yet, or newer ones have taken its place."}</p>
          </EmptyState>
        ) : (
          <TraceView key={trace.requestId} trace={trace} />
        )}
      </div>
    </section>
  );
}

function count(requests: number): string {
  return `${requests} ${requests === 1 ? "request" : "requests"}`;
}
