import type { Diagnostic } from "../../runtime/diagnostic.ts";
import type { LogLine } from "../../runtime/protocol.ts";

/** The finding about a denial, for the line of the engine that says what to do about it: both end with the same words. */
export function findingOf(line: LogLine, findings: readonly Diagnostic[]): Diagnostic | undefined {
  if (line.stream !== "engine" || line.text === "") return undefined;
  return findings.find(({ grant, message }) => grant?.component === line.component && message.endsWith(line.text));
}
