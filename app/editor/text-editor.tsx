import type { ReactNode } from "react";
import { Button } from "../design/button.tsx";
import { PlainView } from "./plain-view.tsx";
import { useEditorModule } from "./use-editor-module.ts";
import styles from "./editor.module.css";

interface TextEditorProps {
  path: string | undefined;
  /** Of the active tab; `undefined` while that holds no text. */
  text: string | undefined;
}

/** Monaco as soon as it is there, and the plain text until then. Once there it stays, hidden while no text is shown. */
export function TextEditor({ path, text }: TextEditorProps): ReactNode {
  const { module, fault, load } = useEditorModule();
  if (module !== undefined) {
    return (
      <div hidden={text === undefined}>
        <module.MonacoEditor />
      </div>
    );
  }
  return (
    <>
      {path !== undefined && text !== undefined && <PlainView path={path} text={text} onWanted={load} />}
      {fault !== undefined && (
        <div className={styles.fault} role="alert">
          <span>The editor could not be loaded: {fault}</span>
          <Button onClick={load}>Try again</Button>
        </div>
      )}
    </>
  );
}
