import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import type { LogLine } from "../../runtime/protocol.ts";
import { innerTracesOf } from "../../runtime/trace-spans.ts";
import { useStudio } from "../kernel/store.ts";
import { showTraceOf } from "../shell/ui-store.ts";
import { requestLabel } from "../utils/request-label.ts";
import { findingOf } from "./finding-of.ts";
import { LogRow } from "./log-row.tsx";
import styles from "./logs.module.css";

interface LogListProps {
  lines: readonly LogLine[];
  /** Keeps the newest line in view. */
  follow: boolean;
  onFollow: (follow: boolean) => void;
  onComponent: (component: string) => void;
  onRequest: (requestId: string) => void;
}

/** The lines, of which only those in view are in the document. Scrolling up ends following, the end begins it again. */
export default function LogList({ lines, follow, onFollow, onComponent, onRequest }: LogListProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const lastTop = useRef(0);
  const traces = useStudio((state) => state.traces);
  const findings = useStudio((state) => state.diagnostics);
  const byId = useMemo(
    () => new Map(traces.flatMap((trace) => [trace, ...innerTracesOf(trace)]).map((trace) => [trace.requestId, trace])),
    [traces],
  );
  // The studio is built without the React compiler, which this warning is about.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 12,
  });

  useEffect(() => {
    if (follow && lines.length > 0) virtualizer.scrollToIndex(lines.length - 1, { align: "end" });
  }, [follow, lines, virtualizer]);

  const onScroll = (): void => {
    const element = scroller.current;
    if (element === null) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 24;
    const upwards = element.scrollTop < lastTop.current;
    lastTop.current = element.scrollTop;
    if (atEnd && !follow) onFollow(true);
    else if (upwards && !atEnd && follow) onFollow(false);
  };

  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={scroller} className={styles.scroller} tabIndex={0} role="log" aria-label="Log lines" onScroll={onScroll}>
      <div style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {virtualizer.getVirtualItems().map((item) => {
          const line = lines[item.index];
          if (line === undefined) return undefined;
          const { requestId } = line;
          const told = requestId === "" || lines[item.index - 1]?.requestId === requestId;
          return (
            <div
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className={styles.place}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <LogRow
                line={line}
                finding={findingOf(line, findings)}
                request={told ? undefined : requestLabel(requestId, byId.get(requestId))}
                onComponent={onComponent}
                onRequest={onRequest}
                onTrace={showTraceOf}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
