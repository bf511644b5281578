import type { editor } from "monaco-editor/editor";
import type { Diagnostic } from "../../../runtime/diagnostic.ts";
import { firstLine } from "../../utils/merge-diagnostics.ts";
import styles from "../editor.module.css";
import { monaco } from "./monaco.ts";

/** Characters of a message that a line shows; the marker and the problems have all of it. */
const longest = 160;

/** Shows what is wrong at the end of each line that has an error, one message a line. */
export function createInlineErrors(codeEditor: editor.IStandaloneCodeEditor): (errors: readonly Diagnostic[]) => void {
  const shown = codeEditor.createDecorationsCollection();
  return (errors) => {
    const model = codeEditor.getModel();
    if (model === null) return shown.clear();
    const byLine = new Map<number, string>();
    for (const { line = 1, message } of errors) {
      const at = Math.min(Math.max(1, line), model.getLineCount());
      if (!byLine.has(at)) byLine.set(at, firstLine(message));
    }
    shown.set([...byLine].map(([line, message]) => decoration(line, model.getLineMaxColumn(line), message)));
  };
}

function decoration(line: number, end: number, message: string): editor.IModelDeltaDecoration {
  const text = message.length > longest ? `${message.slice(0, longest)}…` : message;
  return {
    range: new monaco.Range(line, end, line, end),
    options: {
      showIfCollapsed: true,
      stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
      after: {
        // Spaces that do not collapse: a margin would be underlined with what stands before it.
        content: `\u00a0\u00a0\u00a0${text}`,
        inlineClassName: styles.inlineError ?? "",
        inlineClassNameAffectsLetterSpacing: true,
        cursorStops: monaco.editor.InjectedTextCursorStops.None,
      },
    },
  };
}
