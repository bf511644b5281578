import type { Diagnostic } from "../../runtime/diagnostic.ts";

/**
 * All findings, each said once: where the build already reports an error on a line, the type checker's word on that
 * line is left out, since it is the same fault in other words. Errors come first, then by file and place.
 */
export function mergeDiagnostics(build: readonly Diagnostic[], types: readonly Diagnostic[]): Diagnostic[] {
  const told = new Set(build.filter((finding) => finding.severity === "error").map(lineOf));
  const merged = [...build, ...types.filter((finding) => !told.has(lineOf(finding)))];
  return merged.sort(
    (a, b) =>
      Number(a.severity === "warning") - Number(b.severity === "warning") ||
      compare(a.file ?? "", b.file ?? "") ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  );
}

/** How many errors and warnings there are. */
export function countDiagnostics(findings: readonly Diagnostic[]): { errors: number; warnings: number } {
  const errors = findings.filter((finding) => finding.severity === "error").length;
  return { errors, warnings: findings.length - errors };
}

/** The worst severity of each file that has a finding. */
export function severityByFile(findings: readonly Diagnostic[]): Map<string, Diagnostic["severity"]> {
  const result = new Map<string, Diagnostic["severity"]>();
  for (const { file, severity } of findings) {
    if (file !== undefined && result.get(file) !== "error") result.set(file, severity);
  }
  return result;
}

/** Where a finding is, for a person: `src/index.ts:4:2`; empty when it has no place. */
export function placeOf(finding: Diagnostic): string {
  return [finding.file, finding.line, finding.column].filter((part) => part !== undefined).join(":");
}

/** What a message says before it goes into detail. */
export function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? "";
}

function lineOf(finding: Diagnostic): string {
  return `${finding.file ?? ""}:${finding.line ?? ""}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
