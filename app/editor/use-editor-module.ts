import { useCallback, useEffect, useState } from "react";
import { useStudio } from "../kernel/store.ts";
import type * as monacoEditor from "./monaco/monaco-editor.tsx";
import { messageOf } from "../utils/message-of.ts";
import { useUi } from "../shell/ui-store.ts";
import { hasNoAnswerToCome } from "./first-answer.ts";

type EditorModule = typeof monacoEditor;

/** Milliseconds after which an application that runs, but was not asked anything, is not waited for any longer. */
const firstAnswerWait = 4_000;

let loaded: EditorModule | undefined;

/**
 * Monaco, loaded when the application has answered for the first time (so that it takes nothing from it), or earlier
 * when the person wants to edit.
 */
export function useEditorModule(): { module: EditorModule | undefined; fault: string | undefined; load: () => void } {
  const [module, setModule] = useState(loaded);
  const [fault, setFault] = useState<string>();
  const answered = useUi((state) => state.answerShown);
  const settled = useStudio(hasNoAnswerToCome) || answered;
  const running = useStudio(({ run }) => run.phase === "running");

  const load = useCallback(() => {
    setFault(undefined);
    import("./monaco/monaco-editor.tsx").then(
      (editor) => {
        loaded = editor;
        setModule(editor);
      },
      (error: unknown) => setFault(messageOf(error)),
    );
  }, []);

  useEffect(() => {
    if (loaded !== undefined || !(settled || running)) return undefined;
    if (!settled) {
      const timer = setTimeout(load, firstAnswerWait);
      return () => clearTimeout(timer);
    }
    if (typeof requestIdleCallback !== "function") {
      // Safari has no idle callbacks.
      const timer = setTimeout(load);
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(load, { timeout: 2000 });
    return () => cancelIdleCallback(handle);
  }, [settled, running, load]);

  return { module, fault, load };
}
