import type { editor, IRange } from "monaco-editor/editor";
import type { Diagnostic } from "../../../runtime/diagnostic.ts";
import { monaco } from "./monaco.ts";
import type { WorkspaceModels } from "./models.ts";

const owner = "studio";

/** Puts a marker on each finding that has a file; takes away those of findings that are gone. */
export function showMarkers(models: WorkspaceModels, findings: readonly Diagnostic[]): void {
  for (const path of models.paths()) {
    const model = models.get(path);
    if (model === undefined) continue;
    const own = findings.filter((finding) => finding.file === path);
    monaco.editor.setModelMarkers(
      model,
      owner,
      own.map((finding) => ({
        severity: finding.severity === "error" ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
        message: finding.message,
        code: finding.code,
        ...markerRange(model, finding),
      })),
    );
  }
}

/** A finding has a place and no end: the word there is marked, the rest of the line where there is none. */
export function markerRange(model: editor.ITextModel, finding: Diagnostic): IRange {
  const line = Math.min(Math.max(1, finding.line ?? 1), model.getLineCount());
  const last = model.getLineMaxColumn(line);
  const first = model.getLineFirstNonWhitespaceColumn(line) || 1;
  const column = Math.min(finding.column ?? first, last);
  const word = finding.column === undefined ? null : model.getWordAtPosition({ lineNumber: line, column });
  const start = word?.startColumn ?? (column === last ? Math.max(1, last - 1) : column);
  return { startLineNumber: line, startColumn: start, endLineNumber: line, endColumn: word?.endColumn ?? last };
}
