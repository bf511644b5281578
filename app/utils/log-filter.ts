import type { LogLine, Trace } from "../../runtime/protocol.ts";
import { innerTracesOf } from "../../runtime/trace-spans.ts";
import { formatTimeOfDay } from "./format-duration.ts";

/** What the log panel shows of all lines; `undefined` and an empty text let everything through. */
export interface LogFilter {
  component: string | undefined;
  requestIds: ReadonlySet<string> | undefined;
  text: string;
}

/** The lines that pass, in their order. Text is compared without regard to case. */
export function filterLogs(lines: readonly LogLine[], filter: LogFilter): readonly LogLine[] {
  const text = filter.text.trim().toLowerCase();
  if (filter.component === undefined && filter.requestIds === undefined && text === "") return lines;
  return lines.filter(
    (line) =>
      (filter.component === undefined || line.component === filter.component) &&
      (filter.requestIds === undefined || filter.requestIds.has(line.requestId)) &&
      (text === "" || line.text.toLowerCase().includes(text)),
  );
}

/** A request, and those that it made of the application itself as far as its trace has come. */
export function withInner(requestId: string, trace: Trace | undefined): ReadonlySet<string> {
  return new Set([requestId, ...(trace ? innerTracesOf(trace) : []).map((inner) => inner.requestId)]);
}

/** Lines as plain text, one a line, for the clipboard. */
export function logsAsText(lines: readonly LogLine[]): string {
  return lines
    .map((line) => `${formatTimeOfDay(line.time)} [${line.component}] ${line.stream} ${line.text.trimEnd()}`)
    .join("\n");
}

const componentHues = 6;

/** A number from 0 to 5 that stands for the component's colour: the same name has it always. */
export function componentHue(component: string): number {
  let hash = 0;
  for (const character of component) hash = (hash * 31 + character.charCodeAt(0)) >>> 0;
  return hash % componentHues;
}
