import type { PointerEvent, ReactNode } from "react";
import type { ReadingPlace } from "./reading-place.ts";
import styles from "./editor.module.css";

interface PlainViewProps {
  path: string;
  text: string;
  /** What has changed of where the person is. */
  onPlace: (change: Partial<ReadingPlace>) => void;
  /** The person wants to edit: the editor should come now. */
  onWanted: () => void;
}

/** A file as read-only text, laid out as the editor will lay it out, until the editor is there. */
export function PlainView({ path, text, onPlace, onWanted }: PlainViewProps): ReactNode {
  const onPointerDown = (event: PointerEvent): void => {
    const line = (event.target as Element).closest<HTMLElement>("[data-line]")?.dataset["line"];
    if (line !== undefined) onPlace({ line: Number(line) });
    onWanted();
  };
  const onFocus = (): void => {
    onPlace({ focused: true });
    onWanted();
  };
  return (
    // Focus and press both mean the wish to edit; there is nothing to activate.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre
      className={styles.plain}
      tabIndex={0}
      aria-label={`${path}, read-only`}
      onFocus={onFocus}
      onBlur={() => onPlace({ focused: false })}
      onPointerDown={onPointerDown}
      onScroll={(event) => onPlace({ scrollTop: event.currentTarget.scrollTop })}
    >
      {text.split("\n").map((line, index) => (
        // Lines have no identity but their number.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={styles.line} data-line={index + 1}>
          <span>{index + 1}</span>
          <span>{line}</span>
        </div>
      ))}
    </pre>
  );
}
