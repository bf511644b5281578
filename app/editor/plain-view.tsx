import type { ReactNode } from "react";
import styles from "./editor.module.css";

interface PlainViewProps {
  path: string;
  text: string;
  /** The person wants to edit: the editor should come now. */
  onWanted: () => void;
}

/** A file as read-only text, laid out as the editor will lay it out, until the editor is there. */
export function PlainView({ path, text, onWanted }: PlainViewProps): ReactNode {
  return (
    // Focus and press both mean the wish to edit; there is nothing to activate.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre
      className={styles.plain}
      tabIndex={0}
      aria-label={`${path}, read-only`}
      onFocus={onWanted}
      onPointerDown={onWanted}
    >
      {text.split("\n").map((line, index) => (
        // Lines have no identity but their number.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={styles.line}>
          <span>{index + 1}</span>
          <span>{line}</span>
        </div>
      ))}
    </pre>
  );
}
