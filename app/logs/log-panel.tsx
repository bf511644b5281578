import { ArrowDownToLine, ChartGantt, Check, Copy, Trash2, X } from "lucide-react";
import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { findTrace } from "../../runtime/trace-spans.ts";
import { runCommand } from "../commands/commands.ts";
import { Button, IconButton } from "../design/button.tsx";
import { EmptyState } from "../design/empty-state.tsx";
import field from "../design/field.module.css";
import panel from "../design/panel.module.css";
import { useStudio } from "../kernel/store.ts";
import { showTraceOf, uiStore, useUi } from "../shell/ui-store.ts";
import { useReport } from "../shell/use-report.ts";
import { filterLogs, logsAsText, withInner } from "../utils/log-filter.ts";
import { requestLabel } from "../utils/request-label.ts";
import styles from "./logs.module.css";

const LogList = lazy(() => import("./log-list.tsx"));

/** What components and the engine wrote: filtered by component, request and text; follows the newest line. */
export function LogPanel(): ReactNode {
  const logs = useStudio((state) => state.logs);
  const requestId = useUi((state) => state.logRequest);
  const report = useReport();
  const [component, setComponent] = useState<string>();
  const [text, setText] = useState("");
  const [follow, setFollow] = useState(true);
  const [copied, setCopied] = useState(false);
  const components = useMemo(
    () => [...new Set(logs.map((line) => line.component))].filter((id) => id !== "").sort(),
    [logs],
  );
  const trace = useStudio(({ traces }) => (requestId === undefined ? undefined : findTrace(traces, requestId)));
  const shown = useMemo(
    () =>
      filterLogs(logs, {
        component,
        requestIds: requestId === undefined ? undefined : withInner(requestId, trace),
        text,
      }),
    [logs, component, requestId, trace, text],
  );
  const setRequest = (id: string | undefined): void => uiStore.setState({ logRequest: id });
  const copy = (): void => report(navigator.clipboard.writeText(logsAsText(shown)).then(() => setCopied(true)));

  return (
    <section className={panel.panel} aria-label="Log">
      <div className={panel.bar}>
        <select
          className={field.field}
          aria-label="Component"
          value={component ?? ""}
          onChange={(event) => setComponent(event.target.value === "" ? undefined : event.target.value)}
        >
          <option value="">All components</option>
          {components.map((id) => (
            <option key={id}>{id}</option>
          ))}
        </select>
        <input
          className={`${field.field} ${styles.filter}`}
          type="search"
          placeholder="Filter"
          aria-label="Filter by text"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {requestId !== undefined && (
          <Button
            className={styles.one}
            aria-label={`Show the lines of all requests again, not of ${requestLabel(requestId, trace)} alone`}
            title="Show the lines of all requests again"
            onClick={() => setRequest(undefined)}
          >
            <span>{requestLabel(requestId, trace)}</span>
            <X size={12} aria-hidden />
          </Button>
        )}
        {requestId !== undefined && (
          <IconButton label="Show the trace of this request" onClick={() => showTraceOf(requestId)}>
            <ChartGantt size={14} aria-hidden />
          </IconButton>
        )}
        <span className={panel.spacer} />
        <IconButton label="Follow the newest line" aria-pressed={follow} onClick={() => setFollow(!follow)}>
          <ArrowDownToLine size={14} aria-hidden />
        </IconButton>
        <IconButton
          label={copied ? "Copied" : "Copy the lines shown"}
          disabled={shown.length === 0}
          onClick={copy}
          onBlur={() => setCopied(false)}
        >
          {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        </IconButton>
        <IconButton label="Clear the log" disabled={logs.length === 0} onClick={() => report(runCommand("logs.clear"))}>
          <Trash2 size={14} aria-hidden />
        </IconButton>
      </div>
      {shown.length === 0 ? (
        <EmptyState>
          <p>
            {logs.length === 0
              ? "What the components write to standard output and error shows here."
              : "No line passes the filter."}
          </p>
        </EmptyState>
      ) : (
        <Suspense>
          <LogList
            lines={shown}
            follow={follow}
            onFollow={setFollow}
            onComponent={setComponent}
            onRequest={setRequest}
          />
        </Suspense>
      )}
    </section>
  );
}
