import { useCallback, useEffect, useState } from "react";
import { useStudio } from "../kernel/store.ts";
import type * as monacoEditor from "./monaco/monaco-editor.tsx";
import { messageOf } from "../utils/message-of.ts";

type EditorModule = typeof monacoEditor;

let loaded: EditorModule | undefined;

/**
 * Monaco, loaded when the application has had its first start (so that it takes nothing from it), or earlier when the
 * person wants to edit.
 */
export function useEditorModule(): { module: EditorModule | undefined; fault: string | undefined; load: () => void } {
  const [module, setModule] = useState(loaded);
  const [fault, setFault] = useState<string>();
  const settled = useStudio(({ run: { phase } }) => phase === "running" || phase === "stopped" || phase === "failed");

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
    if (!settled || loaded !== undefined) return undefined;
    if (typeof requestIdleCallback !== "function") {
      // Safari has no idle callbacks.
      const timer = setTimeout(load);
      return () => clearTimeout(timer);
    }
    const handle = requestIdleCallback(load, { timeout: 2000 });
    return () => cancelIdleCallback(handle);
  }, [settled, load]);

  return { module, fault, load };
}
