import { type ReactNode, useRef } from "react";
import { Button } from "../design/button.tsx";
import { PlainView } from "./plain-view.tsx";
import { type ReadingPlace, startOf } from "./reading-place.ts";
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
  const place = useRef<ReadingPlace>(undefined);
  const onPlace = (change: Partial<ReadingPlace>): void => {
    if (path === undefined) return;
    place.current = { ...(place.current?.path === path ? place.current : startOf(path)), ...change };
  };
  if (module !== undefined) {
    return (
      <div hidden={text === undefined}>
        <module.MonacoEditor place={place} />
      </div>
    );
  }
  return (
    <>
      {path !== undefined && text !== undefined && (
        <PlainView key={path} path={path} text={text} onPlace={onPlace} onWanted={load} />
      )}
      {fault !== undefined && (
        <div className={styles.fault} role="alert">
          <span>The editor could not be loaded: {fault}</span>
          <Button onClick={load}>Try again</Button>
        </div>
      )}
    </>
  );
}
